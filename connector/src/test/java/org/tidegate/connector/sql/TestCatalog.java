package org.tidegate.connector.sql;

import java.util.List;
import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Grade;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.connector.sql.plan.PlanNumbers;
import org.tidegate.connector.sql.plan.PlanRequest;

/** The products that planning is tested with: two or three institutions of a city. */
final class TestCatalog {
  static final String SALT = "00".repeat(32);

  static final List<Product> PRODUCTS =
      List.of(
          product("bank", "loans", List.of("uscc"), "uscc", "region", "amount", "rate", "day"),
          product("bank", "branches", List.of("uscc"), "uscc", "region", "amount"),
          product("bank", "accounts", List.of("uscc", "year"), "uscc", "year", "amount"),
          product("tax", "filings", List.of("uscc"), "uscc", "year", "amount", "paid"),
          product("tax", "returns", List.of("uscc", "year"), "uscc", "year", "paid"),
          product("tax", "visits", List.of(), "uscc", "paid"),
          product("trade", "events", List.of(), "uscc", "amount"));

  static final Catalog CATALOG = Catalog.of(PRODUCTS);

  private TestCatalog() {}

  static Product product(String owner, String name, List<String> key, String... columns) {
    return new Product(
        owner,
        name,
        1,
        List.of(columns).stream()
            .map(column -> new Column(column, type(column), true, "", Grade.GENERAL))
            .toList(),
        key.isEmpty() ? List.of() : List.of(key),
        List.of(),
        1000,
        "");
  }

  private static String type(String column) {
    return switch (column) {
      case "uscc", "region" -> "VARCHAR";
      case "rate" -> "DOUBLE";
      case "day" -> "DATE";
      case "year" -> "INTEGER";
      default -> "DECIMAL(12,2)";
    };
  }

  static Plan plan(String sql) {
    return plan(sql, "");
  }

  static Plan plan(String sql, String recipient) {
    return Planner.plan(
        sql, CATALOG, new PlanRequest(recipient, "semi-honest", SALT, PlanNumbers.DEFAULTS));
  }
}
