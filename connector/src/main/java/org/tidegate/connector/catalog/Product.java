package org.tidegate.connector.catalog;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.Classification;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Ids;
import org.tidegate.ledger.records.JsonObject;

/**
 * A table offered to the space, as its members see it: never where its rows lie.
 *
 * @param owner the participant that offers it
 * @param name its SQL name is {@code owner.name}
 * @param version 1, 2, …
 * @param columns in the table's order
 * @param keys sets of columns that together are unique wherever none of them is NULL
 * @param subject columns that name the data subject, whom minimum groups count
 * @param rows how many rows were published; no job may find more
 * @param description for people
 */
public record Product(
    String owner,
    String name,
    int version,
    List<Column> columns,
    List<List<String>> keys,
    List<String> subject,
    long rows,
    String description)
    implements CanonicalRecord {
  private static final String TYPE = "tidegate.product-description/1";

  /** Checks names; every key and subject column must be there. */
  public Product {
    Ids.participant("owner", owner);
    Ids.id("product", name);
    if (version < 1) {
      throw new CatalogException("product " + name + ": version " + version + " is below 1");
    }
    if (columns.isEmpty() || columns.size() > 2_000) {
      throw new CatalogException(
          "product " + name + " has " + columns.size() + " columns; expected 1 to 2000");
    }
    columns = List.copyOf(columns);
    keys = keys.stream().map(List::copyOf).toList();
    subject = List.copyOf(subject);
    Set<String> seen = new HashSet<>();
    for (Column column : columns) {
      if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
        throw new CatalogException("product " + name + ": column " + column.name() + " twice");
      }
    }
    for (List<String> key : keys) {
      if (key.isEmpty()) {
        throw new CatalogException("product " + name + ": a key without columns");
      }
      requireColumns("key", key, columns, name);
    }
    requireColumns("subject", subject, columns, name);
    if (rows < 0) {
      throw new CatalogException("product " + name + ": " + rows + " rows");
    }
  }

  private static void requireColumns(
      String what, List<String> wanted, List<Column> columns, String product) {
    List<String> known = columns.stream().map(Column::name).toList();
    for (String column : wanted) {
      if (!known.contains(column)) {
        throw new CatalogException(
            "product "
                + product
                + ": "
                + what
                + " column '"
                + column
                + "' is none of its columns"
                + Names.hint(column, known));
      }
    }
  }

  /** The column that SQL means by {@code name}, whatever its case. */
  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Whether no two rows agree in all of {@code joined}, none of them NULL. */
  public boolean isUnique(Collection<String> joined) {
    return keys.stream().anyMatch(joined::containsAll);
  }

  /** Whether a data subject has at most one value in {@code joined}: then values count subjects. */
  public boolean countsSubjects(Collection<String> joined) {
    return subject.isEmpty()
        || subject.containsAll(joined)
        || isUnique(subject)
            && subject.stream().allMatch(name -> column(name).filter(Column::nullable).isEmpty());
  }

  /** The names of its columns, in order. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /** {@code owner.name}. */
  public String qualifiedName() {
    return owner + "." + name;
  }

  /** Digest of the canonical description; stands on the ledger. */
  public Digest digest() {
    return Digest.of(CanonicalJson.encode(toJson()));
  }

  /** Its columns' classes and grades for the ledger; empty where none was given. */
  public Optional<Classification> classification() {
    TreeMap<String, org.tidegate.ledger.records.Grade> grades = new TreeMap<>();
    for (Column column : columns) {
      if (column.grade() != Grade.GENERAL) {
        grades.put(column.name(), org.tidegate.ledger.records.Grade.parse(column.grade().text()));
      }
    }
    List<String> classes =
        columns.stream().map(Column::dataClass).filter(name -> !name.isBlank()).distinct().toList();
    return grades.isEmpty() && classes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Classification(classes, grades));
  }

  /** The same product with the number of rows that were counted. */
  public Product withRows(long counted) {
    return new Product(owner, name, version, columns, keys, subject, counted, description);
  }

  /** Reads a description. */
  public static Product fromJson(JsonObject json) {
    json.expect(
        TYPE, "owner", "name", "version", "columns", "keys", "subject", "rows", "description");
    return new Product(
        json.string("owner"),
        json.string("name"),
        (int) json.number("version", 1, Integer.MAX_VALUE),
        json.objects("columns", Column::fromJson),
        json.objects("keys", entry -> entry.allowOnly("columns").strings("columns")),
        json.strings("subject"),
        json.number("rows"),
        json.string("description"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("owner", owner)
        .put("name", name)
        .put("version", version)
        .put("columns", columns)
        .put(
            "keys",
            keys.stream().map(key -> JsonObject.builder().put("columns", key).build()).toList())
        .put("subject", subject)
        .put("rows", rows)
        .put("description", description)
        .build();
  }
}
