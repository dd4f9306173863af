package org.tidegate.connector.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Grade;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.catalog.ProductFile;

/**
 * Makes a description of a file that has none: types as in the file, a CSV column with a
 * leading-zero code in it is text, and so is one whose values only read by another date format;
 * what is unique is measured by {@link KeyInference}.
 */
public final class ProductInference {
  private ProductInference() {}

  /**
   * Describes a file.
   *
   * @param owner whose product it becomes
   * @param name the product's name
   * @throws SourceException if the file is missing or cannot be read
   */
  public static ProductFile infer(String owner, String name, Path file, SourceLimits limits) {
    if (!Files.isReadable(file)) {
      throw new SourceException("source.missing", file + " does not exist or cannot be read");
    }
    Path absolute = file.toAbsolutePath().normalize();
    boolean isParquet = file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
    try (Connection connection = ProductSource.openEmpty(limits);
        Statement statement = connection.createStatement()) {
      List<Column> columns =
          isParquet ? parquet(absolute, statement) : csv(CsvDialect.of(absolute), statement);
      long rows = ProductCheck.count(statement, "SELECT count(*) FROM raw");
      List<Column> described = new ArrayList<>();
      for (Column column : columns) {
        long present =
            ProductCheck.count(
                statement,
                "SELECT count(" + ProductSource.identifier(column.name()) + ") FROM raw");
        described.add(new Column(column.name(), column.type(), present < rows, "", Grade.GENERAL));
      }
      Product product =
          new Product(
              owner,
              name,
              1,
              described,
              KeyInference.keys(described, rows, statement),
              List.of(),
              rows,
              "inferred from the file");
      Path directory = absolute.getParent();
      return new ProductFile(product, absolute, null, directory == null ? Path.of("/") : directory);
    } catch (SQLException e) {
      throw new SourceException("source.failed", file + ": " + ProductSource.words(e), e);
    }
  }

  private static List<Column> parquet(Path file, Statement statement) throws SQLException {
    statement.execute(
        "CREATE VIEW raw AS SELECT * FROM read_parquet("
            + ProductSource.literal(file.toString())
            + ")");
    return describe("raw", statement);
  }

  private static List<Column> csv(CsvDialect dialect, Statement statement) throws SQLException {
    statement.execute("CREATE TEMP TABLE raw AS SELECT * FROM " + dialect.texts());
    List<Column> columns = new ArrayList<>();
    for (Column column : describe(dialect.typed(), statement)) {
      columns.add(
          isText(column, statement)
              ? new Column(column.name(), "VARCHAR", true, "", Grade.GENERAL)
              : column);
    }
    return columns;
  }

  private static List<Column> describe(String relation, Statement statement) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
      while (described.next()) {
        columns.add(
            new Column(described.getString(1), described.getString(2), true, "", Grade.GENERAL));
      }
    }
    return columns;
  }

  private static boolean isText(Column column, Statement statement) throws SQLException {
    if (column.type().equals("VARCHAR")) {
      return true;
    }
    String name = ProductSource.identifier(column.name());
    return ProductCheck.count(
            statement,
            "SELECT count(*) FROM raw WHERE "
                + name
                + " IS NOT NULL AND (regexp_matches("
                + name
                + ", '^0[0-9]+$') OR TRY_CAST("
                + name
                + " AS "
                + column.type()
                + ") IS NULL)")
        > 0;
  }
}
