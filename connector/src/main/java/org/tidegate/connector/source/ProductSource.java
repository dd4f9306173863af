package org.tidegate.connector.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.catalog.ProductFile;

/**
 * A product with its rows. Each use opens a DuckDB of its own, in memory, that sees the product's
 * files and nothing else, as the view {@code "owner"."name"}.
 *
 * @param description what the owner wrote, with the rows counted once it is published
 */
public record ProductSource(ProductFile description) {
  /** The product. */
  public Product product() {
    return description.product();
  }

  /**
   * Opens a DuckDB with the product's view; the files' types are checked as rows are read.
   *
   * @throws SourceException if a file is missing or not readable
   */
  Connection open(SourceLimits limits) {
    requireFile();
    try {
      Connection connection = openEmpty(limits);
      try (Statement statement = connection.createStatement()) {
        Product product = product();
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + identifier(product.owner()));
        statement.execute(
            "CREATE VIEW "
                + identifier(product.owner())
                + "."
                + identifier(product.name())
                + " AS SELECT "
                + product.columns().stream()
                    .map(ProductSource::typed)
                    .collect(Collectors.joining(", "))
                + " FROM "
                + relation());
        return connection;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** A DuckDB in memory that installs and loads nothing. */
  static Connection openEmpty(SourceLimits limits) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", limits.memoryMebibytes() + "MiB");
    settings.setProperty("threads", Integer.toString(limits.threads()));
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("temp_directory", "");
    return DriverManager.getConnection("jdbc:duckdb:", settings);
  }

  /** What stands behind FROM: the rows with the columns' names, not yet of their types. */
  String relation() {
    if (description.view() != null) {
      return "(" + description.view() + ")";
    }
    String literal = literal(String.valueOf(description.file()));
    // Text throughout: a column's type decides what a value is, not a guess over the first rows.
    return isParquet()
        ? "read_parquet(" + literal + ")"
        : "read_csv(" + literal + ", header = true, all_varchar = true, strict_mode = true)";
  }

  boolean isParquet() {
    return String.valueOf(description.file()).toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  /** A failure of DuckDB's in words. */
  SourceException failed(SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new SourceException(
        "source.failed", "product " + product().qualifiedName() + ": " + message, e);
  }

  private void requireFile() {
    Path file = description.file();
    if (file != null && !Files.isReadable(file)) {
      throw new SourceException(
          "source.missing",
          "product "
              + product().qualifiedName()
              + ": "
              + file
              + (Files.exists(file) ? " cannot be read; check its permissions" : " does not exist")
              + "; 'file' in the description resolves against "
              + description.baseDir());
    }
  }

  private static String typed(Column column) {
    String name = identifier(column.name());
    return "CAST(" + name + " AS " + column.type() + ") AS " + name;
  }

  /** A name in double quotes. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text in single quotes. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
