package org.tidegate.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.connector.sql.plan.PlanNumbers;
import org.tidegate.connector.sql.plan.PlanRequest;
import org.tidegate.connector.sql.text.SqlRefusal;

/** What is not answered: code, line, column and words. */
final class RefusalTest {
  private static final String JOIN = " FROM bank.loans l JOIN tax.filings f ON l.uscc = f.uscc";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELEC 1|sql.syntax|1:1|expected SELECT",
        "SELECT COUNT(*) FROM|sql.syntax|1:|FROM",
        "SELECT 'abc|sql.syntax|1:|",
        "SELECT COUNT(*)~; DROP TABLE x|sql.syntax|1:74|';'",
        "SELECT SUM(l.amount) // 2~|sql.unsupported|1:22|FLOOR",
        "SELECT COUNT(*) /* /* */ , SUM(l.amount) -- */ */~|sql.unsupported|1:17|inside a comment",
        "SELECT COUNT(*)~ WHERE l.region = E'n'|sql.unsupported|1:90|single quotes",
        "SELECT COUNT(*)~ WHERE l.region = $$n$$|sql.unsupported|1:90|single quotes",
        "DROP TABLE bank.loans|sql.|1:1|",
        "INSERT INTO bank.loans VALUES (1)|sql.unsupported|1:|supported",
        "SELECT COUNT(*) FROM bank.loan l JOIN tax.filings f ON l.uscc ="
            + " f.uscc|sql.unknownTable|1:22|did you mean 'bank.loans'",
        "SELECT COUNT(*) FROM loans l JOIN tax.filings f ON l.uscc ="
            + " f.uscc|sql.unknownTable|1:22|participant.table",
        "SELECT SUM(l.amonut)~|sql.unknownColumn|1:12|did you mean 'amount'",
        "SELECT SUM(x.amount)~|sql.unknownTable|1:12|no table 'x'",
        "SELECT SUM(amount)~|sql.ambiguousColumn|1:12|l.amount or f.amount",
        "SELECT COUNT(*)~ WHERE l.region = \"north\"|sql.unknownColumn|1:90|single ones: 'north'",
        "SELECT COUNT(*)~ WHERE l.regoin = 'n'|sql.unknownColumn|1:79|did you mean 'region'",
        "SELECT *~|sql.unsupported|1:8|reveal rows",
        "SELECT l.uscc, COUNT(*)~|sql.unsupported|1:8|reveal rows",
        "SELECT 1~|sql.unsupported|1:8|no aggregate",
        "SELECT COUNT(*)~ GROUP BY l.region|sql.unsupported|1:|GROUP BY",
        "SELECT COUNT(*)~ HAVING COUNT(*) > 1|sql.unsupported|1:|HAVING",
        "SELECT COUNT(*)~ ORDER BY 1|sql.unsupported|1:|ORDER BY",
        "SELECT COUNT(*)~ LIMIT 1|sql.unsupported|1:|",
        "SELECT DISTINCT COUNT(*)~|sql.unsupported|1:|DISTINCT",
        "SELECT COUNT(DISTINCT l.uscc)~|sql.unsupported|1:8|DISTINCT",
        "SELECT MIN(l.amount)~|sql.unsupported|1:8|MIN",
        "SELECT MAX(l.amount)~|sql.unsupported|1:8|supported are COUNT",
        "SELECT SUM(l.amount) OVER ()~|sql.unsupported|1:|window",
        "SELECT SUM(l.amount) FILTER (WHERE l.region = 'n')~|sql.unsupported|1:|CASE WHEN",
        "SELECT SUM(SUM(l.amount))~|sql.unsupported|1:12|inside an aggregate",
        "SELECT SUM(l.amount + f.amount)~|sql.unsupported|1:8|columns of one table",
        "SELECT SUM(l.region)~|sql.type|1:8|VARCHAR",
        "SELECT COUNT(*)~ WHERE l.amount > f.amount|sql.unsupported|1:|condition over both tables",
        "SELECT COUNT(*)~ WHERE l.uscc IN (SELECT uscc FROM tax.visits)|sql.unsupported|1:|subquer",
        "SELECT (SELECT 1)~|sql.unsupported|1:|subquer",
        "SELECT COUNT(*)~ WHERE EXISTS (SELECT 1)|sql.unsupported|1:|subquer",
        "SELECT COUNT(*)~ WHERE random() > 0.5|sql.unsupported|1:|random",
        "SELECT COUNT(*)~ WHERE l.region ILIKE 'N%'|sql.unsupported|1:|ILIKE",
        "SELECT COUNT(*)~ WHERE l.day < now()|sql.unsupported|1:|now",
        "SELECT COUNT(*)~ WHERE read_text('/etc/passwd') = 'x'|sql.unsupported|1:|read_text",
        "SELECT COUNT(*) FROM read_csv('x') l JOIN tax.filings f ON l.uscc = f.uscc|sql.|1:|",
        "SELECT COUNT(*) FROM bank.loans l LEFT JOIN tax.filings f ON l.uscc ="
            + " f.uscc|sql.unsupported|1:|LEFT JOIN",
        "SELECT COUNT(*) FROM bank.loans l JOIN tax.filings f ON l.amount >"
            + " f.amount|sql.unsupported|1:|",
        "SELECT COUNT(*) FROM bank.loans l, tax.filings f|sql.unsupported|1:|no equality",
        "SELECT COUNT(*) FROM bank.loans|sql.unsupported|1:22|one table",
        "SELECT COUNT(*) FROM bank.loans NATURAL JOIN tax.filings|sql.unsupported|1:|NATURAL",
        "SELECT COUNT(*) FROM bank.loans l JOIN bank.branches b ON l.uscc ="
            + " b.uscc|sql.unsupported|1:|own",
        "SELECT COUNT(*) FROM bank.loans l JOIN tax.filings f ON l.uscc = f.uscc JOIN trade.events"
            + " e ON e.uscc = l.uscc|sql.unsupported|1:|more than two",
        "SELECT COUNT(*) FROM (SELECT * FROM bank.loans) l JOIN tax.filings f ON l.uscc ="
            + " f.uscc|sql.unsupported|1:|subquer",
        "SELECT COUNT(*)~ UNION SELECT 1|sql.unsupported|1:|UNION",
        "WITH x AS (SELECT 1) SELECT COUNT(*)~|sql.unsupported|1:|WITH",
        "SELECT COUNT(*) FROM bank.loans l JOIN tax.filings f ON l.uscc ="
            + " f.year|sql.type|1:|VARCHAR and INTEGER",
        "SELECT COUNT(*) FROM bank.loans l JOIN tax.filings f ON l.rate = f.paid|sql.type|1:|do not"
            + " join",
        "SELECT COUNT(*) FROM tax.visits v JOIN trade.events e ON v.uscc ="
            + " e.uscc|sql.unsupported|1:8|unique on neither side",
        "SELECT l.uscc FROM bank.loans l JOIN tax.visits v ON l.uscc ="
            + " v.uscc|sql.unsupported|1:|EXISTS (SELECT 1 FROM tax.visits v",
        "SELECT l.uscc, f.paid~|sql.unsupported|1:16|columns of one table",
        "SELECT f.*, l.uscc~|sql.unsupported|1:13|columns of one table",
        "SELECT uscc FROM bank.loans|sql.unsupported|1:18|one table alone",
        "SELECT l.uscc~ ORDER BY f.paid|sql.unsupported|1:80|order by columns of bank.loans",
        "SELECT l.uscc~ ORDER BY 2|sql.unsupported|1:80|from 1 to 1",
        "SELECT l.uscc~ LIMIT 1 + 1|sql.|1:|",
        "SELECT DISTINCT l.uscc~|sql.unsupported|1:|DISTINCT",
        "SELECT l.uscc~ GROUP BY l.uscc|sql.unsupported|1:|GROUP BY",
        "SELECT uscc FROM bank.loans WHERE uscc NOT IN (SELECT uscc FROM"
            + " tax.visits)|sql.unsupported|1:35|NOT IN and NOT EXISTS",
        "SELECT uscc FROM bank.loans l WHERE NOT EXISTS (SELECT 1 FROM tax.visits v WHERE v.uscc ="
            + " l.uscc)|sql.unsupported|1:37|NOT IN and NOT EXISTS",
        "SELECT uscc FROM bank.loans l WHERE EXISTS (SELECT 1 FROM tax.visits v WHERE v.paid >"
            + " 1)|sql.unsupported|1:37|no equality relates",
        "SELECT uscc FROM bank.loans l WHERE EXISTS (SELECT COUNT(*) FROM tax.visits v WHERE v.uscc"
            + " = l.uscc)|sql.unsupported|1:52|SELECT 1",
        "SELECT uscc FROM bank.loans l WHERE uscc IN (SELECT uscc FROM tax.visits) AND uscc IN"
            + " (SELECT uscc FROM trade.events)|sql.unsupported|1:79|second subquery",
        "SELECT uscc FROM bank.loans l WHERE amount > 1 OR uscc IN (SELECT uscc FROM"
            + " tax.visits)|sql.unsupported|1:18|one table alone",
        "SELECT uscc FROM bank.loans WHERE uscc IN (SELECT uscc FROM tax.visits GROUP BY"
            + " uscc)|sql.unsupported|1:|GROUP BY",
        "SELECT uscc FROM bank.loans WHERE uscc IN (SELECT uscc FROM tax.visits UNION SELECT uscc"
            + " FROM tax.filings)|sql.unsupported|1:|plain SELECT",
        "SELECT uscc FROM bank.loans WHERE uscc IN (SELECT uscc FROM"
            + " bank.branches)|sql.unsupported|1:|own",
        "SELECT uscc FROM bank.loans WHERE (uscc, day) IN (SELECT uscc FROM"
            + " tax.visits)|sql.unsupported|1:|2 expressions with a subquery of 1",
        "SELECT uscc FROM bank.loans WHERE uscc IN (SELECT year FROM tax.filings)|sql.type|1:35|do"
            + " not join",
        "SELECT uscc FROM bank.loans WHERE uscc IN (SELECT usc FROM"
            + " tax.filings)|sql.unknownColumn|1:51|did you mean 'uscc'",
        "SELECT f.uscc FROM bank.loans WHERE uscc IN (SELECT uscc FROM tax.filings"
            + " f)|sql.unknownTable|1:8|no table 'f'",
        "SELECT COUNT(*) FROM bank.loans WHERE uscc IN (SELECT uscc FROM tax.filings) ORDER BY"
            + " 1|sql.unsupported|1:|ORDER BY",
        "SELECT SUM(l.amount) FROM bank.loans l JOIN tax.visits v ON l.uscc ="
            + " v.uscc|sql.unsupported|1:8|how often each key stands in tax.visits",
      })
  void refuses(String sql, String code, String at, String message) {
    String text = sql.contains("~") ? sql.replace("~", JOIN) : sql;
    SqlRefusal refusal = catchThrowableOfType(SqlRefusal.class, () -> TestCatalog.plan(text));
    assertThat(refusal).as(text).isNotNull();
    String where = refusal.line() + ":" + refusal.column() + " " + refusal.getMessage();
    assertThat(refusal.code()).as(where).startsWith(code);
    assertThat(refusal.line() + ":" + refusal.column()).as(where).startsWith(at);
    assertThat(refusal.column()).as(where).isPositive();
    assertThat(refusal).hasMessageContaining(message == null ? "" : message);
  }

  @Test
  void rowsGoToTheirOwnerAlone() {
    SqlRefusal refusal =
        catchThrowableOfType(
            SqlRefusal.class,
            () ->
                TestCatalog.plan(
                    "SELECT uscc FROM bank.loans WHERE uscc IN (SELECT uscc FROM tax.visits)",
                    "tax"));
    assertThat(refusal.code()).isEqualTo("sql.unsupported");
    assertThat(refusal.column()).isEqualTo(8);
    assertThat(refusal).hasMessageContaining("answered to bank alone");
  }

  @Test
  void semicolonsAndCommentsAroundAreNothing() {
    Plan plain = TestCatalog.plan("SELECT COUNT(*)" + JOIN);
    for (String text :
        List.of(
            "SELECT COUNT(*)" + JOIN + ";",
            "SELECT COUNT(*)" + JOIN + " ; -- done; really",
            "-- a;\nSELECT COUNT(*) /* b; */" + JOIN + ";;")) {
      assertThat(TestCatalog.plan(text).toJson()).as(text).isEqualTo(plain.toJson());
    }
  }

  @Test
  void positionsCountLines() {
    SqlRefusal refusal =
        catchThrowableOfType(
            SqlRefusal.class,
            () -> TestCatalog.plan("SELECT COUNT(*)\n" + JOIN + "\nWHERE l.amuont > 1"));
    assertThat(refusal.line()).isEqualTo(3);
    assertThat(refusal.column()).isEqualTo(7);
  }

  @Test
  void deepNestingIsRefusedNotABug() {
    String deep = "(".repeat(20_000) + "1" + ")".repeat(20_000);
    SqlRefusal refusal =
        catchThrowableOfType(
            SqlRefusal.class, () -> TestCatalog.plan("SELECT COUNT(*)" + JOIN + " WHERE " + deep));
    assertThat(refusal).isNotNull();
  }

  @Test
  void securityBelowItsFloorIsRefused() {
    for (PlanNumbers numbers :
        List.of(
            new PlanNumbers(128, 20, 3072, 2048, 100),
            new PlanNumbers(64, 40, 3072, 2048, 100),
            new PlanNumbers(128, 40, 1024, 2048, 100))) {
      SqlRefusal refusal =
          catchThrowableOfType(
              SqlRefusal.class,
              () ->
                  Planner.plan(
                      "SELECT SUM(l.amount)" + JOIN,
                      TestCatalog.CATALOG,
                      new PlanRequest("", "semi-honest", TestCatalog.SALT, numbers)));
      assertThat(refusal).as(numbers.toString()).isNotNull();
    }
  }

  @Test
  void maliciousSecurityIsRefusedForSums() {
    SqlRefusal refusal =
        catchThrowableOfType(
            SqlRefusal.class,
            () ->
                Planner.plan(
                    "SELECT SUM(l.amount)" + JOIN,
                    TestCatalog.CATALOG,
                    new PlanRequest("", "malicious", TestCatalog.SALT, PlanNumbers.DEFAULTS)));
    assertThat(refusal).hasMessageContaining("semi-honest");
    assertThat(refusal.line()).as("an option stands nowhere in the text").isZero();
  }
}
