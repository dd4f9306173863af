package org.tidegate.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Grade;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.PooledTables.Answer;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.connector.sql.plan.PlanNumbers;
import org.tidegate.connector.sql.plan.PlanRequest;

/**
 * Random tables and random statements of the supported slice: planned, run at their owners, joined
 * by the ideal functionality, and compared with DuckDB on the pooled tables.
 */
final class DifferentialTest {
  private static final int STATEMENTS = 6;

  private static final List<List<String>> KEY_TYPES =
      List.of(
          List.of("VARCHAR", "VARCHAR"),
          List.of("INTEGER", "BIGINT"),
          List.of("DECIMAL(6,2)", "DECIMAL(12,4)"),
          List.of("SMALLINT", "DECIMAL(10,1)"),
          List.of("DATE", "DATE"),
          List.of("BOOLEAN", "BOOLEAN"),
          List.of("TIMESTAMP", "TIMESTAMP"),
          List.of("HUGEINT", "UTINYINT"));

  private static final List<String> VALUE_TYPES =
      List.of(
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "DECIMAL(12,2)",
          "DECIMAL(38,10)",
          "DOUBLE",
          "VARCHAR",
          "BOOLEAN",
          "UTINYINT",
          "FLOAT",
          "UBIGINT",
          "DATE");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void answersAsDuckDbDoes(long seed) throws IOException, SQLException {
    run(seed);
  }

  private void run(long seed) throws IOException, SQLException {
    Random random = new Random(seed);
    try (PooledTables tables = new PooledTables()) {
      List<Boolean> unique = List.of(random.nextInt(3) > 0, random.nextInt(3) > 0);
      List<List<String>> keys = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(2); i++) {
        keys.add(KEY_TYPES.get(random.nextInt(KEY_TYPES.size())));
      }
      for (int side = 0; side < 2; side++) {
        add(tables, side, keys, unique.get(side), random);
      }
      int answered = 0;
      for (int i = 0; i < STATEMENTS; i++) {
        answered += compare(tables, statement(keys.size(), unique, random), seed) ? 1 : 0;
      }
      assertThat(answered).as("answered of %s, seed %s", STATEMENTS, seed).isPositive();
    }
  }

  private static boolean compare(PooledTables tables, String sql, long seed) {
    Answer expected;
    try {
      expected = tables.oracle(sql);
    } catch (SQLException e) {
      // Overflows and the like: there is no answer to compare with.
      return true;
    }
    Plan plan =
        Planner.plan(
            sql,
            tables.catalog(),
            new PlanRequest("", "semi-honest", "00".repeat(32), PlanNumbers.DEFAULTS));
    Answer actual = tables.privately(plan);
    assertThat(PooledTables.same(expected, actual))
        .as("seed %s: %s%nexpected %s%nactual   %s%n%s", seed, sql, expected, actual, plan.toJson())
        .isTrue();
    return true;
  }

  private void add(
      PooledTables tables, int side, List<List<String>> keys, boolean isUnique, Random random)
      throws IOException, SQLException {
    List<Column> columns = new ArrayList<>();
    List<String> key = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      key.add("k" + i);
      columns.add(new Column("k" + i, keys.get(i).get(side), true, "", Grade.GENERAL));
    }
    for (int i = 0; i < VALUE_TYPES.size(); i++) {
      columns.add(new Column("v" + i, VALUE_TYPES.get(i), i % 4 != 1, "", Grade.GENERAL));
    }
    int rows = random.nextInt(8) == 0 ? 0 : random.nextInt(30);
    List<List<@Nullable String>> data = new ArrayList<>();
    Set<List<@Nullable String>> seen = new HashSet<>();
    for (int row = 0; row < rows; row++) {
      List<@Nullable String> values = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        values.add(random.nextInt(8) == 0 ? null : key(columns.get(i).type(), random));
      }
      if (isUnique && !values.contains(null) && !seen.add(List.copyOf(values))) {
        continue;
      }
      for (int i = keys.size(); i < columns.size(); i++) {
        Column column = columns.get(i);
        values.add(
            column.nullable() && random.nextInt(4) == 0 ? null : value(column.type(), random));
      }
      data.add(values);
    }
    Product product =
        new Product(
            side == 0 ? "bank" : "tax",
            side == 0 ? "loans" : "filings",
            1,
            columns,
            isUnique ? List.of(key) : List.of(),
            List.of(),
            0,
            "");
    tables.add(directory, product, data);
  }

  private static String key(String type, Random random) {
    int n = random.nextInt(9);
    return switch (type) {
      case "VARCHAR" -> List.of("a", "A", "001", "01", "1", "漢字", "é", "e\u0301", "x'y").get(n);
      case "DECIMAL(6,2)", "DECIMAL(12,4)" -> (n - 4) + ".50";
      case "DECIMAL(10,1)" -> n % 2 == 0 ? n + ".0" : n + ".5";
      case "DATE" -> "2024-02-2" + n;
      case "BOOLEAN" -> n % 2 == 0 ? "true" : "false";
      case "TIMESTAMP" -> "2024-02-29 10:00:0" + n + ".5";
      default -> String.valueOf(n);
    };
  }

  private static String value(String type, Random random) {
    boolean isEdge = random.nextBoolean();
    return switch (type) {
      case "INTEGER" ->
          isEdge
              ? List.of("2147483647", "-2147483648", "0").get(random.nextInt(3))
              : String.valueOf(random.nextInt(200) - 100);
      case "BIGINT" ->
          isEdge
              ? List.of("9223372036854775807", "-9223372036854775808", "0").get(random.nextInt(3))
              : String.valueOf(random.nextInt());
      case "HUGEINT" ->
          isEdge
              ? List.of("1000000000000000000000000000000000000", "-99999999999999999999999", "0")
                  .get(random.nextInt(3))
              : String.valueOf(random.nextLong());
      case "DECIMAL(12,2)" ->
          isEdge
              ? List.of("9999999999.99", "-9999999999.99", "0.00", "-0.01").get(random.nextInt(4))
              : random.nextInt(1000) - 500 + ".25";
      case "DECIMAL(38,10)" ->
          isEdge
              ? List.of("999999999999999999999999999.9999999999", "-0.0000000001")
                  .get(random.nextInt(2))
              : random.nextInt() + ".5";
      case "DOUBLE" ->
          isEdge
              ? List.of("1e15", "0.1", "-0.0", "3.5e-300", "12345678.9").get(random.nextInt(5))
              : String.valueOf(random.nextDouble() * 1000);
      case "FLOAT" -> isEdge ? "0.1" : random.nextInt(100) + ".5";
      case "VARCHAR" -> List.of("north", "south", "東", "0", "x y").get(random.nextInt(5));
      case "BOOLEAN" -> random.nextBoolean() ? "true" : "false";
      case "UTINYINT" -> String.valueOf(isEdge ? 255 : random.nextInt(256));
      case "UBIGINT" -> isEdge ? "18446744073709551615" : String.valueOf(random.nextInt(9));
      default -> "2024-0" + (1 + random.nextInt(9)) + "-15";
    };
  }

  private static String statement(int keys, List<Boolean> unique, Random random) {
    List<String> alias = List.of("l", "f");
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      outputs.add(output(alias, unique, random));
    }
    List<String> equalities = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      equalities.add(
          random.nextBoolean() ? "l.k" + i + " = f.k" + i : "f.K" + i + " = l.\"k" + i + "\"");
    }
    List<String> filters = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      filters.add(filter(alias.get(random.nextInt(2)), random));
    }
    String select = "SELECT " + String.join(", ", outputs);
    switch (random.nextInt(3)) {
      case 0 -> {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
          names.add("k" + i);
        }
        return select
            + " FROM bank.loans l JOIN tax.filings AS f USING ("
            + String.join(", ", names)
            + ")"
            + (filters.isEmpty() ? "" : " WHERE " + String.join(" AND ", filters));
      }
      case 1 -> {
        equalities.addAll(filters);
        return select
            + " FROM bank.loans l, tax.filings f WHERE "
            + String.join(" AND ", equalities);
      }
      default -> {
        return select
            + "\nFROM Bank.Loans AS l INNER JOIN tax.filings f\n  ON "
            + String.join(" AND ", equalities)
            + (filters.isEmpty() ? "" : "\nWHERE " + String.join("\n  AND ", filters));
      }
    }
  }

  private static String output(List<String> alias, List<Boolean> unique, Random random) {
    String aggregate = aggregate(alias, unique, random);
    return switch (random.nextInt(8)) {
      case 0 -> aggregate + " AS \"an answer\"";
      case 1 -> "COALESCE(" + aggregate + ", 0) AS x";
      case 2 -> aggregate + " * 2";
      case 3 -> "CASE WHEN COUNT(1) > 3 THEN " + aggregate + " END AS c";
      case 4 -> aggregate + " IS NULL AS is_null";
      default -> aggregate;
    };
  }

  private static String aggregate(List<String> alias, List<Boolean> unique, Random random) {
    List<Integer> sides = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      if (unique.get(1 - side)) {
        sides.add(side);
      }
    }
    if (sides.isEmpty() || random.nextInt(4) == 0) {
      return sides.isEmpty() && !unique.get(0) && !unique.get(1)
          ? "COUNT(*)"
          : List.of("COUNT(*)", "COUNT(1)", "count(l.k0)", "COUNT(f.k0)").get(random.nextInt(4));
    }
    String side = alias.get(sides.get(random.nextInt(sides.size()))) + ".";
    int column = random.nextInt(VALUE_TYPES.size());
    String number = side + "v" + List.of(0, 1, 2, 3, 4, 5, 8, 9, 10).get(random.nextInt(9));
    return switch (random.nextInt(9)) {
      case 0 -> "COUNT(" + side + "v" + column + ")";
      case 1 -> "AVG(" + number + ")";
      case 2 -> "SUM(CASE WHEN " + filter(side.substring(0, 1), random) + " THEN 1 ELSE 0 END)";
      case 3 -> "SUM(CASE WHEN " + side + "v7 THEN " + side + "v3 END)";
      case 4 -> "SUM(CAST(COALESCE(" + side + "v0, 0) AS BIGINT) + 1)";
      case 5 -> "AVG(" + side + "v3 * 2 - 0.5)";
      case 6 -> "SUM(CAST(" + side + "v3 AS DOUBLE))";
      case 7 -> "SUM(LENGTH(" + side + "v6))";
      default -> "SUM(" + number + ")";
    };
  }

  private static String filter(String alias, Random random) {
    String column = alias + ".v";
    return switch (random.nextInt(10)) {
      case 0 -> column + "0 > 0";
      case 1 -> column + "6 IN ('north', '東')";
      case 2 -> column + "3 BETWEEN -100 AND 1000.50";
      case 3 -> column + "6 LIKE '%th'";
      case 4 -> column + "11 >= DATE '2024-05-01'";
      case 5 -> "(" + column + "7 OR " + column + "0 IS NULL)";
      case 6 -> "NOT " + column + "7";
      case 7 -> "EXTRACT(MONTH FROM " + column + "11) % 2 = 0";
      case 8 -> "upper(" + column + "6) <> 'NORTH'";
      default -> alias + ".k0 IS NOT NULL";
    };
  }
}
