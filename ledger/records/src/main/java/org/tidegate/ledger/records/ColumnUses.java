package org.tidegate.ledger.records;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Columns × operations: what a grant allows, or what a job needs. JSON: {@code
 * {"amount":["avg","sum"],"uscc":["join"]}}.
 *
 * @param columns operations by column name, each at least one
 */
public record ColumnUses(SortedMap<String, Set<Operation>> columns) implements CanonicalRecord {
  private static final int MAX_COLUMNS = 2_000;

  /** Checks names and counts; copies. */
  public ColumnUses {
    if (columns.size() > MAX_COLUMNS) {
      throw new RecordException(columns.size() + " columns; at most " + MAX_COLUMNS);
    }
    TreeMap<String, Set<Operation>> copy = new TreeMap<>();
    columns.forEach((column, operations) -> {
      Ids.text("column", column, 128);
      if (operations.isEmpty()) {
        throw new RecordException("column '" + column + "' has no operations");
      }
      copy.put(column, Collections.unmodifiableSet(EnumSet.copyOf(operations)));
    });
    columns = Collections.unmodifiableSortedMap(copy);
  }

  /** From any map of column to operations. */
  public static ColumnUses of(Map<String, Set<Operation>> columns) {
    return new ColumnUses(new TreeMap<>(columns));
  }

  /** Reads columns × operations. */
  public static ColumnUses fromJson(JsonObject json) {
    TreeMap<String, Set<Operation>> columns = new TreeMap<>();
    for (String column : json.keys()) {
      EnumSet<Operation> operations = EnumSet.noneOf(Operation.class);
      json.strings(column).forEach(word -> operations.add(Operation.parse(word)));
      columns.put(column, operations);
    }
    return new ColumnUses(columns);
  }

  /**
   * The first use in {@code needed} that is not in this, as {@code column: operation}, or empty.
   */
  public Optional<String> missing(ColumnUses needed) {
    for (Map.Entry<String, Set<Operation>> need : needed.columns.entrySet()) {
      Set<Operation> allowed = columns.getOrDefault(need.getKey(), Set.of());
      for (Operation operation : need.getValue()) {
        if (!allowed.contains(operation)) {
          return Optional.of(need.getKey() + ": " + operation.text());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public JsonObject toJson() {
    JsonObject.Builder builder = JsonObject.builder();
    columns.forEach((column, operations) -> {
      List<String> words = operations.stream().map(Operation::text).sorted().toList();
      builder.put(column, words);
    });
    return builder.build();
  }
}
