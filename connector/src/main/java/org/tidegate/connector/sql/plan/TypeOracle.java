package org.tidegate.connector.sql.plan;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/**
 * What DuckDB says of a text over empty tables: the names and types of its columns. It has no data
 * and no way to any, so what it says is a function of text and catalogue.
 */
final class TypeOracle implements AutoCloseable {
  private final Connection connection;

  /** A column of a result. */
  record Described(String name, String type) {}

  TypeOracle(List<Product> products) {
    Properties settings = new Properties();
    settings.setProperty("enable_external_access", "false");
    settings.setProperty("memory_limit", "256MiB");
    settings.setProperty("threads", "1");
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:", settings);
      try (Statement statement = connection.createStatement()) {
        for (Product product : products) {
          statement.execute("CREATE SCHEMA IF NOT EXISTS " + DuckText.identifier(product.owner()));
          statement.execute(
              "CREATE TABLE "
                  + DuckText.table(product)
                  + " ("
                  + product.columns().stream()
                      .map(column -> DuckText.identifier(column.name()) + " " + column.type())
                      .collect(Collectors.joining(", "))
                  + ")");
        }
        statement.execute("SET lock_configuration = true");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB did not take the catalogue: " + e.getMessage(), e);
    }
  }

  /** DuckDB's version, which stands in the plan. */
  String version() {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT version()")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not tell its version", e);
    }
  }

  /**
   * The columns of {@code sql}.
   *
   * @throws SqlRefusal {@code sql.type} with DuckDB's words where it does not accept the text
   */
  List<Described> describe(String sql, Position at) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + sql)) {
      List<Described> columns = new ArrayList<>();
      while (rows.next()) {
        columns.add(new Described(rows.getString(1), rows.getString(2)));
      }
      return columns;
    } catch (SQLException e) {
      String message =
          String.valueOf(e.getMessage()).lines().findFirst().orElse("not accepted by DuckDB");
      throw new SqlRefusal("sql.type", at, message);
    }
  }

  /** The type of one expression over one product. */
  String type(String expression, Product product, Position at) {
    return describe(DuckText.select(List.of(expression), product, List.of()), at).getFirst().type();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB did not close", e);
    }
  }
}
