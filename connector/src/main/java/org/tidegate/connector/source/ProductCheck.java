package org.tidegate.connector.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Names;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.catalog.ProductFile;

/** What publishing checks: the file against its description, row by row and column by column. */
public final class ProductCheck {
  private static final int MAX_FINDINGS = 10;
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\d+,(\\d+)\\)");

  private ProductCheck() {}

  /**
   * Checks a product's file and counts its rows.
   *
   * @return the product with its rows counted
   * @throws SourceException naming rows and columns that are wrong, the first ten of them
   */
  public static ProductSource check(ProductFile description, SourceLimits limits) {
    ProductSource source = new ProductSource(description);
    source.requireFile();
    try (Connection connection = ProductSource.openEmpty(limits);
        Statement statement = connection.createStatement()) {
      requireColumns(source, statement);
      statement.execute(
          "CREATE TEMP TABLE raw AS SELECT row_number() OVER () AS \"row number\", * FROM "
              + source.relation());
      List<String> findings = new ArrayList<>();
      for (Column column : description.product().columns()) {
        findValues(column, statement, findings);
      }
      if (findings.isEmpty()) {
        for (List<String> key : description.product().keys()) {
          findDuplicates(description.product(), key, statement, findings);
        }
      }
      if (!findings.isEmpty()) {
        throw new SourceException(
            findings.getFirst().startsWith("rows ") ? "source.key" : "source.value",
            "product "
                + description.product().qualifiedName()
                + ", "
                + source.where()
                + ":\n  "
                + String.join("\n  ", findings));
      }
      long rows = count(statement, "SELECT count(*) FROM raw");
      return new ProductSource(
          new ProductFile(
              description.product().withRows(rows),
              description.file(),
              description.view(),
              description.baseDir()));
    } catch (SQLException e) {
      throw source.failed(e);
    }
  }

  private static void requireColumns(ProductSource source, Statement statement)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet columns =
        statement.executeQuery("DESCRIBE SELECT * FROM " + source.relation())) {
      while (columns.next()) {
        found.add(columns.getString(1));
      }
    }
    for (Column column : source.product().columns()) {
      if (Names.find(column.name(), found).isEmpty()) {
        throw new SourceException(
            "source.schema",
            "product "
                + source.product().qualifiedName()
                + ", "
                + source.where()
                + ": there is no column '"
                + column.name()
                + "'"
                + Names.hint(column.name(), found)
                + " The columns are "
                + String.join(", ", found));
      }
    }
  }

  private static void findValues(Column column, Statement statement, List<String> findings)
      throws SQLException {
    String name = ProductSource.identifier(column.name());
    String wrong =
        name
            + " IS NOT NULL AND (TRY_CAST("
            + name
            + " AS "
            + column.type()
            + ") IS NULL"
            + rounded(name, column.type())
            + ")";
    String missing = column.nullable() ? "" : " OR " + name + " IS NULL";
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT \"row number\", CAST("
                + name
                + " AS VARCHAR) FROM raw WHERE ("
                + wrong
                + ")"
                + missing
                + " ORDER BY 1 LIMIT "
                + MAX_FINDINGS)) {
      while (rows.next() && findings.size() < MAX_FINDINGS) {
        String value = rows.getString(2);
        findings.add(
            "row "
                + rows.getLong(1)
                + ", column "
                + column.name()
                + ": "
                + (value == null
                    ? "is empty, and the column is not nullable"
                    : "'" + cut(value) + "' is not a " + column.type()));
      }
    }
  }

  /** DuckDB rounds silently where an exact type has too few decimals; a check does not. */
  private static String rounded(String name, String type) {
    Matcher decimal = DECIMAL.matcher(type);
    if (!decimal.matches() && !type.endsWith("INT") && !type.endsWith("INTEGER")) {
      return "";
    }
    int scale = decimal.matches() ? Integer.parseInt(decimal.group(1)) : 0;
    return " OR regexp_matches(CAST("
        + name
        + " AS VARCHAR), '[.][0-9]{"
        + scale
        + "}[0-9]*[1-9][0-9]*$')";
  }

  private static void findDuplicates(
      Product product, List<String> columns, Statement statement, List<String> findings)
      throws SQLException {
    // By value: 1 and 1.00 are one DECIMAL.
    String key =
        columns.stream()
            .map(name -> ProductSource.typed(product.column(name).orElseThrow(), ""))
            .collect(Collectors.joining(", "));
    String present =
        columns.stream()
            .map(column -> ProductSource.identifier(column) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT min(\"row number\"), max(\"row number\"), count(*) FROM raw WHERE "
                + present
                + " GROUP BY "
                + key
                + " HAVING count(*) > 1 ORDER BY 1 LIMIT "
                + MAX_FINDINGS)) {
      while (rows.next() && findings.size() < MAX_FINDINGS) {
        findings.add(
            "rows "
                + rows.getLong(1)
                + " and "
                + rows.getLong(2)
                + " have the same key ("
                + String.join(", ", columns)
                + "); a key is unique, or leave 'key' out");
      }
    }
  }

  static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String cut(String value) {
    return value.length() > 40 ? value.substring(0, 40) + "…" : value;
  }
}
