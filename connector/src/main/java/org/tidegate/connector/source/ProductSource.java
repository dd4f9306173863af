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
        : CsvDialect.of(Path.of(String.valueOf(description.file()))).texts();
  }

  boolean isParquet() {
    return String.valueOf(description.file()).toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  /** A failure of DuckDB's in words, for the owner: they may quote a line of the file. */
  SourceException failed(SQLException e) {
    return new SourceException(
        "source.failed",
        "product " + product().qualifiedName() + ", " + where() + ": " + words(e),
        e);
  }

  /** How messages name the rows: the file, or the view. */
  String where() {
    Path file = description.file();
    return file == null ? "its view" : file.toString();
  }

  static String words(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No magic bytes") || message.contains("too small to be a Parquet")) {
      return "this is no Parquet file; give it the ending .csv if it is text, or write it again";
    }
    // DuckDB's advice, about options of its own, begins behind an empty line.
    String text =
        message
            .lines()
            .takeWhile(line -> !line.isBlank() && !line.startsWith("Possible"))
            .map(String::strip)
            .collect(Collectors.joining("; "))
            .replaceFirst("^[A-Z][A-Za-z ]* Error: ", "");
    return text.length() > 400 ? text.substring(0, 400) + "…" : text;
  }

  /** Refuses a product whose file is not there or not readable. */
  void requireFile() {
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
    return typed(column, " AS " + identifier(column.name()));
  }

  /** A column's text as its type, and what follows. */
  static String typed(Column column, String alias) {
    return "CAST(" + identifier(column.name()) + " AS " + column.type() + ")" + alias;
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
