package org.tidegate.connector.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Grade;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.catalog.ProductFile;

/**
 * Makes a description of a file that has none: types as in the file, a column with a leading-zero
 * code in it is text, and every column whose values are distinct is a key. NULLs never join, so
 * they do not count.
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
    String literal = ProductSource.literal(file.toString());
    boolean parquet = file.toString().endsWith(".parquet");
    String rows =
        parquet
            ? "read_parquet(" + literal + ")"
            : "read_csv(" + literal + ", header = true, sample_size = -1)";
    String texts = parquet ? rows : "read_csv(" + literal + ", header = true, all_varchar = true)";
    try (Connection connection = ProductSource.openEmpty(limits);
        Statement statement = connection.createStatement()) {
      List<Column> columns = new ArrayList<>();
      try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + rows)) {
        while (described.next()) {
          columns.add(
              new Column(described.getString(1), described.getString(2), true, "", Grade.GENERAL));
        }
      }
      List<Column> corrected = new ArrayList<>();
      List<List<String>> keys = new ArrayList<>();
      long total = ProductCheck.count(statement, "SELECT count(*) FROM " + rows);
      for (Column column : columns) {
        String quoted = ProductSource.identifier(column.name());
        boolean isCode =
            !parquet
                && ProductCheck.count(
                        statement,
                        "SELECT count(*) FROM "
                            + texts
                            + " WHERE regexp_matches("
                            + quoted
                            + ", '^0[0-9]+$')")
                    > 0;
        String type = isCode ? "VARCHAR" : column.type();
        long present = ProductCheck.count(statement, "SELECT count(" + quoted + ") FROM " + rows);
        corrected.add(new Column(column.name(), type, present < total, "", Grade.GENERAL));
        boolean isUnique =
            ProductCheck.count(
                    statement,
                    "SELECT count(DISTINCT " + quoted + ") FROM " + (isCode ? texts : rows))
                == present;
        if (isUnique) {
          keys.add(List.of(column.name()));
        }
      }
      Product product =
          new Product(owner, name, 1, corrected, keys, List.of(), total, "inferred from the file");
      Path directory = file.toAbsolutePath().getParent();
      return new ProductFile(
          product, file.toAbsolutePath(), null, directory == null ? Path.of("/") : directory);
    } catch (SQLException e) {
      throw new SourceException(
          "source.failed",
          file + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }
}
