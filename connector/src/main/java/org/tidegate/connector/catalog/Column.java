package org.tidegate.connector.catalog;

import java.util.regex.Pattern;
import org.tidegate.ledger.records.CanonicalRecord;
import org.tidegate.ledger.records.JsonObject;

/**
 * A column of a product.
 *
 * @param name as in SQL
 * @param type DuckDB's name of the type, such as {@code DECIMAL(18,2)}
 * @param nullable whether it may be NULL
 * @param dataClass the class in the institution's own catalogue, such as {@code finance.credit};
 *     empty where none was given
 * @param grade how sensitive it is
 */
public record Column(String name, String type, boolean nullable, String dataClass, Grade grade)
    implements CanonicalRecord {
  private static final Pattern TYPE =
      Pattern.compile(
          "BOOLEAN|TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT"
              + "|UHUGEINT|FLOAT|DOUBLE|DECIMAL\\(\\d{1,2},\\d{1,2}\\)|VARCHAR|BLOB|UUID|DATE|TIME"
              + "|TIMESTAMP|TIMESTAMP_S|TIMESTAMP_MS|TIMESTAMP_NS|TIMESTAMP WITH TIME ZONE");

  /** Checks name and type. */
  public Column {
    if (name.isEmpty() || name.length() > 128 || name.chars().anyMatch(Character::isISOControl)) {
      throw new CatalogException(
          "'" + name + "' is no column name; expected 1 to 128 printable characters");
    }
    if (!TYPE.matcher(type).matches()) {
      throw new CatalogException(
          "column "
              + name
              + ": '"
              + type
              + "' is no type; expected a DuckDB type such as INTEGER, BIGINT, DECIMAL(18,2),"
              + " DOUBLE, VARCHAR, DATE or TIMESTAMP");
    }
  }

  static Column fromJson(JsonObject json) {
    json.allowOnly("name", "type", "nullable", "class", "grade");
    return new Column(
        json.string("name"),
        json.string("type"),
        json.bool("nullable"),
        json.string("class"),
        Grade.parse(json.string("grade")));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("name", name)
        .put("type", type)
        .put("nullable", nullable)
        .put("class", dataClass)
        .put("grade", grade.text())
        .build();
  }
}
