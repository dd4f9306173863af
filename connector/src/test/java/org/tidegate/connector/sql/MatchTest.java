package org.tidegate.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.connector.catalog.Column;
import org.tidegate.connector.catalog.Grade;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.source.SourceException;
import org.tidegate.connector.sql.plan.AggregatePlan;
import org.tidegate.connector.sql.plan.MatchPlan;
import org.tidegate.connector.sql.plan.PlanNumbers;
import org.tidegate.connector.sql.plan.PlanRequest;

/** Rows matched: as DuckDB answers over the pooled tables, and by the protocol that fits. */
final class MatchTest {
  /** Answered the same whichever keys are unique. */
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT * FROM bank.loans WHERE k IN (SELECT k FROM tax.filings)",
          "SELECT k, v FROM bank.loans WHERE (k) IN (SELECT k FROM tax.filings WHERE v > 5)",
          "SELECT t.v + 1 AS w, upper(t.k) FROM bank.loans t WHERE t.v > 2 AND t.k IN (SELECT u.k"
              + " FROM tax.filings u WHERE u.v < 8)",
          "SELECT t.* FROM bank.loans t WHERE EXISTS (SELECT 1 FROM tax.filings u WHERE u.k = t.k)",
          "SELECT d, v FROM bank.loans t WHERE EXISTS (SELECT * FROM tax.filings u WHERE u.k = t.k"
              + " AND t.d = u.d AND u.v IS NOT NULL)",
          "SELECT k, d FROM bank.loans WHERE (k, d) IN (SELECT k, d FROM tax.filings)",
          "SELECT v FROM bank.loans WHERE d IN (SELECT d FROM tax.filings) AND v IS NOT NULL ORDER"
              + " BY v DESC, k NULLS FIRST, 1 LIMIT 7 OFFSET 1",
          "SELECT -v AS v, k AS x FROM bank.loans WHERE d IN (SELECT d FROM tax.filings) AND v IS"
              + " NOT NULL AND k IS NOT NULL ORDER BY v, x, d",
          "SELECT k FROM tax.filings WHERE d IN (SELECT d FROM bank.loans WHERE k LIKE 'a%')",
          "SELECT k FROM bank.loans WHERE d IN (SELECT d FROM tax.filings WHERE false)",
          "SELECT v FROM bank.loans WHERE upper(k) IN (SELECT upper(k) FROM tax.filings) OFFSET 0");

  @TempDir Path directory;

  private static MatchPlan plan(PooledTables tables, String sql) {
    return (MatchPlan)
        Planner.plan(
            sql,
            tables.catalog(),
            new PlanRequest("", "semi-honest", TestCatalog.SALT, PlanNumbers.DEFAULTS));
  }

  private static Product product(String owner, String name, List<List<String>> keys) {
    boolean bank = owner.equals("bank");
    return new Product(
        owner,
        name,
        1,
        List.of(
            new Column("k", "VARCHAR", true, "", Grade.GENERAL),
            new Column("d", bank ? "DECIMAL(6,2)" : "INTEGER", true, "", Grade.GENERAL),
            new Column("v", "INTEGER", true, "", Grade.GENERAL)),
        keys,
        List.of(),
        0,
        "");
  }

  private static List<List<@Nullable String>> rows(int count, boolean decimals, Random random) {
    List<String> texts = List.of("a", "A", "001", "1", "漢字", "é", "e\u0301", "x'y", "1:a", "a\"");
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<@Nullable String> row = new ArrayList<>();
      row.add(random.nextInt(6) == 0 ? null : texts.get(random.nextInt(texts.size())));
      row.add(random.nextInt(6) == 0 ? null : random.nextInt(6) + (decimals ? ".00" : ""));
      row.add(random.nextInt(6) == 0 ? null : String.valueOf(random.nextInt(10)));
      rows.add(row);
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void answersAsDuckDbDoes(long seed) throws IOException, SQLException {
    Random random = new Random(seed);
    try (PooledTables tables = new PooledTables()) {
      tables.add(
          directory, product("bank", "loans", List.of()), rows(seed == 3 ? 0 : 40, true, random));
      tables.add(
          directory, product("tax", "filings", List.of()), rows(seed == 4 ? 0 : 30, false, random));
      for (String sql : STATEMENTS) {
        MatchPlan plan = plan(tables, sql);
        List<List<@Nullable String>> actual = tables.matched(plan, 1000);
        List<List<@Nullable String>> expected = tables.oracleRows(sql);
        if (sql.contains("ORDER BY")) {
          assertThat(actual).as("seed %s: %s", seed, sql).isEqualTo(expected);
        } else {
          assertThat(actual)
              .as("seed %s: %s", seed, sql)
              .containsExactlyInAnyOrderElementsOf(expected);
        }
      }
    }
  }

  @Test
  void joinsOfAUniqueKeyAnswerTheOwnRows() throws IOException, SQLException {
    try (PooledTables tables = new PooledTables()) {
      tables.add(directory, product("bank", "loans", List.of()), rows(30, true, new Random(9)));
      tables.add(
          directory,
          product("tax", "filings", List.of(List.of("k"))),
          List.of(List.of("a", "1", "3"), List.of("漢字", "2", "9"), List.of("e\u0301", "3", "4")));
      for (String sql :
          List.of(
              "SELECT l.* FROM bank.loans l JOIN tax.filings f ON l.k = f.k WHERE f.v > 3",
              "SELECT l.v FROM tax.filings f JOIN bank.loans l USING (k) WHERE l.d > 1",
              "SELECT k, l.d FROM bank.loans l JOIN tax.filings f USING (k)")) {
        assertThat(tables.matched(plan(tables, sql), 1000))
            .as(sql)
            .isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(tables.oracleRows(sql));
      }
      String counts =
          "SELECT COUNT(*), SUM(v), AVG(d), COUNT(v) FROM bank.loans WHERE k IN (SELECT k FROM"
              + " tax.filings)";
      AggregatePlan aggregates =
          (AggregatePlan)
              Planner.plan(
                  counts,
                  tables.catalog(),
                  new PlanRequest("", "semi-honest", TestCatalog.SALT, PlanNumbers.DEFAULTS));
      assertThat(PooledTables.same(tables.oracle(counts), tables.privately(aggregates))).isTrue();
      assertThatThrownBy(() ->
              tables.matched(
                  plan(
                      tables,
                      "SELECT l.* FROM bank.loans l WHERE k IN (SELECT k FROM tax.filings)"),
                  1))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("data.maxResultRows");
    }
  }

  @Test
  void semiJoinsCountEachRowOnce() throws IOException, SQLException {
    try (PooledTables tables = new PooledTables()) {
      tables.add(directory, product("bank", "loans", List.of()), rows(40, true, new Random(3)));
      tables.add(directory, product("tax", "filings", List.of()), rows(40, false, new Random(4)));
      String sql =
          "SELECT COUNT(*), SUM(v), AVG(d), COUNT(v), SUM(1) FROM bank.loans t WHERE EXISTS (SELECT"
              + " 1 FROM tax.filings u WHERE u.k = t.k AND u.v > 2)";
      AggregatePlan plan =
          (AggregatePlan)
              Planner.plan(
                  sql,
                  tables.catalog(),
                  new PlanRequest("", "semi-honest", TestCatalog.SALT, PlanNumbers.DEFAULTS));
      assertThat(PooledTables.same(tables.oracle(sql), tables.privately(plan))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100, 100, semi-honest, psi.ecdh",
    "100, 100, 100, malicious, psi.rr22",
    "1000000, 1000000, 100, semi-honest, psi.rr22",
    "1000000, 1000000, 1, semi-honest, psi.rr22",
    "1000000, 1000000, 1, malicious, psi.rr22",
    "20000000, 1000, 1000, semi-honest, psi.ecdh",
  })
  void takesTheProtocolThatFits(
      long own, long other, int megabits, String security, String protocol) {
    List<Product> products = new ArrayList<>();
    for (Product product :
        List.of(product("bank", "a", List.of()), product("tax", "b", List.of()))) {
      products.add(
          new Product(
              product.owner(),
              product.name(),
              1,
              product.columns(),
              List.of(),
              List.of(),
              product.owner().equals("bank") ? own : other,
              ""));
    }
    MatchPlan plan =
        (MatchPlan)
            Planner.plan(
                "SELECT k FROM bank.a WHERE k IN (SELECT k FROM tax.b)",
                org.tidegate.connector.catalog.Catalog.of(products),
                new PlanRequest(
                    "bank",
                    security,
                    TestCatalog.SALT,
                    new PlanNumbers(128, 40, 3072, 2048, megabits)));
    assertThat(plan.protocol()).as(plan.choice().why().toString()).isEqualTo(protocol);
    assertThat(plan.security()).isEqualTo(security);
    // What a recipient that departs from the protocol gains stands in the plan, with its number.
    List<String> chosen =
        plan.leakage().stream()
            .filter(leak -> leak.code().equals("rows.chosen"))
            .map(leak -> leak.participant() + " " + leak.ending() + " " + leak.what())
            .toList();
    if (security.equals("malicious")) {
      assertThat(chosen)
          .hasSize(2)
          .allMatch(what -> what.matches("bank (success|abort) .* n' = \\d+ keys .*"));
    } else {
      assertThat(chosen).isEmpty();
    }
  }
}
