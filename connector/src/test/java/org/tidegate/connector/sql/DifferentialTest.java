package org.tidegate.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Grade;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.PooledTables.Answer;
import org.tidegate.connector.sql.plan.AggregatePlan;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.connector.sql.plan.PlanNumbers;
import org.tidegate.connector.sql.plan.PlanRequest;
import org.tidegate.connector.sql.text.SqlRefusal;

/**
 * Random tables and random statements of the supported slice: planned, run at their owners, joined
 * by the ideal functionality, and compared with DuckDB on the pooled tables.
 */
final class DifferentialTest {
  private static final int STATEMENTS = 6;
  private static final int REFUSED = 40;

  private static final List<List<String>> KEY_TYPES =
      List.of(
          List.of("VARCHAR", "VARCHAR"),
          List.of("INTEGER", "BIGINT"),
          List.of("DECIMAL(6,2)", "DECIMAL(12,4)"),
          List.of("SMALLINT", "DECIMAL(10,1)"),
          List.of("DATE", "DATE"),
          List.of("BOOLEAN", "BOOLEAN"),
          List.of("TIMESTAMP", "TIMESTAMP"),
          List.of("HUGEINT", "UTINYINT"),
          List.of("DECIMAL(2,2)", "DECIMAL(4,2)"),
          List.of("INTEGER", "DECIMAL(1,1)"),
          List.of("DECIMAL(38,38)", "DECIMAL(4,2)"));

  static final List<String> VALUE_TYPES =
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void refusesWhatItCannotAnswer(long seed) {
    Random random = new Random(seed);
    List<Boolean> unique = List.of(seed % 2 == 0, random.nextBoolean());
    List<List<String>> keys = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(2); i++) {
      keys.add(KEY_TYPES.get(random.nextInt(KEY_TYPES.size())));
    }
    Catalog catalog =
        Catalog.of(List.of(product(0, keys, unique.get(0)), product(1, keys, unique.get(1))));
    for (int i = 0; i < REFUSED; i++) {
      RandomStatements.Refused wrong = RandomStatements.refused(keys.size(), unique, random);
      SqlRefusal refusal = catchThrowableOfType(SqlRefusal.class, () -> plan(wrong.sql(), catalog));
      assertThat(refusal).as("seed %s, %s: %s", seed, wrong.why(), wrong.sql()).isNotNull();
      assertThat(refusal.code()).as("%s: %s", wrong.sql(), refusal).isEqualTo(wrong.code());
      assertThat(refusal.line()).as("%s: %s", wrong.sql(), refusal).isEqualTo(1);
      assertThat(refusal.column())
          .as("%s: %s", wrong.sql(), refusal)
          .isBetween(1, wrong.sql().length());
      assertThat(refusal.getMessage()).isNotBlank();
    }
  }

  private static Plan plan(String sql, Catalog catalog) {
    return Planner.plan(
        sql, catalog, new PlanRequest("", "semi-honest", TestCatalog.SALT, PlanNumbers.DEFAULTS));
  }

  /** Decimals without a digit before the point print otherwise than all others. */
  @Test
  void fractionsJoinOtherNumbers() throws IOException, SQLException {
    for (List<String> types : KEY_TYPES.subList(KEY_TYPES.size() - 3, KEY_TYPES.size())) {
      Random random = new Random(7);
      try (PooledTables tables = new PooledTables()) {
        for (int side = 0; side < 2; side++) {
          add(tables, side, List.of(types), side == 0, random);
        }
        assertThat(
                compare(
                    tables,
                    "SELECT COUNT(*) AS n FROM bank.loans a JOIN tax.filings b ON a.k0 = b.k0",
                    7))
            .isTrue();
      }
    }
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
        answered +=
            compare(tables, RandomStatements.statement(keys.size(), unique, random), seed) ? 1 : 0;
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
    Plan plan = plan(sql, tables.catalog());
    Answer actual = tables.privately((AggregatePlan) plan);
    assertThat(PooledTables.same(expected, actual))
        .as("seed %s: %s%nexpected %s%nactual   %s%n%s", seed, sql, expected, actual, plan.toJson())
        .isTrue();
    return true;
  }

  private void add(
      PooledTables tables, int side, List<List<String>> keys, boolean isUnique, Random random)
      throws IOException, SQLException {
    Product product = product(side, keys, isUnique);
    List<Column> columns = product.columns();
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
    tables.add(directory, product, data);
  }

  private static Product product(int side, List<List<String>> keys, boolean isUnique) {
    List<Column> columns = new ArrayList<>();
    List<String> key = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      key.add("k" + i);
      columns.add(new Column("k" + i, keys.get(i).get(side), true, "", Grade.GENERAL));
    }
    for (int i = 0; i < VALUE_TYPES.size(); i++) {
      columns.add(new Column("v" + i, VALUE_TYPES.get(i), i % 4 != 1, "", Grade.GENERAL));
    }
    return new Product(
        side == 0 ? "bank" : "tax",
        side == 0 ? "loans" : "filings",
        1,
        columns,
        isUnique ? List.of(key) : List.of(),
        List.of(),
        0,
        "");
  }

  private static String key(String type, Random random) {
    int n = random.nextInt(9);
    return switch (type) {
      case "VARCHAR" -> List.of("a", "A", "001", "01", "1", "漢字", "é", "e\u0301", "x'y").get(n);
      case "DECIMAL(6,2)", "DECIMAL(12,4)" -> (n - 4) + ".50";
      case "DECIMAL(2,2)", "DECIMAL(38,38)" -> List.of("0", "0.50", "-0.25").get(n % 3);
      case "DECIMAL(4,2)" -> List.of("0.00", "0.50", "-0.25", "1.50").get(n % 4);
      case "DECIMAL(1,1)" -> n % 2 == 0 ? "0" : "0.5";
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
}
