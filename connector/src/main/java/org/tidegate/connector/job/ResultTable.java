package org.tidegate.connector.job;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.records.JsonObject;

/**
 * An answer. Values are text as DuckDB prints them, or null.
 *
 * @param columns names and types
 * @param rows each as long as {@code columns}; not changed any more, and not copied: a million rows
 *     may be a view of one array
 */
public record ResultTable(List<Column> columns, List<List<@Nullable String>> rows) {
  /**
   * A column.
   *
   * @param name as in the statement
   * @param type DuckDB's type
   */
  public record Column(String name, String type) {}

  /** Copies the columns. */
  public ResultTable {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(rows);
  }

  /**
   * Canonical JSON with a salt, whose digest is the output digest. A null stands as an empty list,
   * because canonical JSON has no null.
   */
  JsonObject toJson(String salt) {
    return JsonObject.builder()
        .put(
            "columns",
            columns.stream()
                .map(column ->
                    JsonObject.builder()
                        .put("name", column.name())
                        .put("type", column.type())
                        .build())
                .toList())
        .put(
            "rows",
            rows.stream()
                .map(row ->
                    row.stream().map(value -> value == null ? List.of() : List.of(value)).toList())
                .toList())
        .put("salt", salt)
        .build();
  }
}
