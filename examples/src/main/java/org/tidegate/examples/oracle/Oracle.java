package org.tidegate.examples.oracle;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.catalog.ProductFile;

/**
 * DuckDB over the pooled plaintext: every table as {@code participant.table}, so that a joint
 * query's text runs unchanged. One thread.
 */
public final class Oracle implements AutoCloseable {
  private final Connection duckdb;

  /**
   * An answer.
   *
   * @param columns {@code name} and {@code type} of each column
   * @param rows values as DuckDB writes them; null is NULL
   */
  public record Answer(List<Map<String, String>> columns, List<List<@Nullable String>> rows) {}

  /**
   * Opens the tables.
   *
   * @throws SQLException if a file cannot be read
   */
  public Oracle(PooledData data) throws SQLException {
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
    for (ProductFile file : data.products()) {
      create(file);
    }
  }

  private void create(ProductFile file) throws SQLException {
    Product product = file.product();
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + name(product.owner()));
      // A table, not a view: a value that is not of its column's type fails here, with its file.
      statement.execute(
          "CREATE TABLE "
              + name(product.owner())
              + "."
              + name(product.name())
              + " AS SELECT "
              + product.columns().stream().map(Oracle::typed).collect(Collectors.joining(", "))
              + " FROM "
              + rows(file));
    }
  }

  private static String typed(Column column) {
    return "CAST(" + name(column.name()) + " AS " + column.type() + ") AS " + name(column.name());
  }

  private static String rows(ProductFile file) {
    Path path = file.file();
    if (path == null) {
      return "(" + file.view() + ")";
    }
    String literal = "'" + path.toString().replace("'", "''") + "'";
    return path.toString().endsWith(".parquet")
        ? "read_parquet(" + literal + ")"
        : "read_csv(" + literal + ", header = true, all_varchar = true)";
  }

  private static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Runs a query. */
  public Answer ask(String sql) throws SQLException {
    List<Map<String, String>> columns = new ArrayList<>();
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Statement statement = duckdb.createStatement()) {
      try (ResultSet described = statement.executeQuery("DESCRIBE " + sql)) {
        while (described.next()) {
          Map<String, String> column = new LinkedHashMap<>();
          column.put("name", described.getString(1));
          column.put("type", described.getString(2));
          columns.add(column);
        }
      }
      try (ResultSet result =
          statement.executeQuery("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (" + sql + ")")) {
        while (result.next()) {
          List<@Nullable String> row = new ArrayList<>();
          for (int i = 1; i <= columns.size(); i++) {
            row.add(result.getString(i));
          }
          rows.add(row);
        }
      }
    }
    return new Answer(columns, rows);
  }

  @Override
  public void close() throws SQLException {
    duckdb.close();
  }
}
