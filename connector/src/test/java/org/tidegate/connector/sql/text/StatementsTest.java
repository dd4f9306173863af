package org.tidegate.connector.sql.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementsTest {
  private static List<String> split(String text) {
    return Statements.split(text).stream().map(Statements.Statement::sql).toList();
  }

  @Test
  void semicolonsInQuotesAndCommentsEndNothing() {
    assertThat(
            split("SELECT ';' AS \"a;b\" -- one; two\nFROM a.t;\n/* ; */ ;\nSELECT 2 /* ; */\n;;"))
        .containsExactly("SELECT ';' AS \"a;b\" -- one; two\nFROM a.t", "SELECT 2 /* ; */");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'it''s; one'",
        "SELECT \"a\"\"; b\"",
        "SELECT E'it\\'s; one'",
        "SELECT $$a; 'b$$",
        "SELECT $t$a; $$ b$t$",
        "SELECT /* a /* ; */ ; */ 1",
        "SELECT 1 -- ' ; \" /*",
        "SELECT '-- ' || '; /*'",
        "SELECT 'left; open",
        "SELECT /* left; open"
      })
  void isOneStatement(String sql) {
    assertThat(split(sql)).containsExactly(sql);
    assertThat(split(" \n" + sql + "\n;\nSELECT 2").getFirst()).startsWith(sql);
  }

  @Test
  void nothingIsNoStatement() {
    assertThat(split("")).isEmpty();
    assertThat(split(" \n -- nothing\n ; /* nor here */ ;")).isEmpty();
  }

  @Test
  void tokensJoinedAreTheText() {
    Random random = new Random(7);
    List<String> pieces =
        List.of(
            "'", "\"", "--", "/*", "*/", ";", "\n", "\r\n", "$", "$a$", "E'", "\\", "x", " ", "漢");
    for (int i = 0; i < 3_000; i++) {
      String text =
          random
              .ints(random.nextInt(14), 0, pieces.size())
              .mapToObj(pieces::get)
              .collect(Collectors.joining());
      List<Token> tokens = Lexer.tokens(text);
      assertThat(tokens.stream().map(Token::text).collect(Collectors.joining())).isEqualTo(text);
      tokens.forEach(
          token -> assertThat(text.startsWith(token.text(), token.offset())).as(text).isTrue());
    }
  }

  @Test
  void placesInAStatementArePlacesInItsText() {
    String text = "SELECT 1;\n\n  SELECT\n 2; SELECT 3";
    List<Statements.Statement> statements = Statements.split(text);
    assertThat(statements.get(1).at()).isEqualTo(new Position(3, 3));
    assertThat(statements.get(1).inText(new Position(1, 8))).isEqualTo(new Position(3, 10));
    assertThat(statements.get(1).inText(new Position(2, 2))).isEqualTo(new Position(4, 2));
    assertThat(statements.get(2).inText(new Position(1, 1))).isEqualTo(new Position(4, 5));
  }

  @Test
  void explainIsTakenOffAndPlacesHold() {
    assertThat(Statements.explained("/* x */ explain\nSELECT 1"))
        .contains("/* x */        \nSELECT 1");
    assertThat(Statements.explained("SELECT explain")).isEmpty();
    assertThat(Statements.explained("\"EXPLAIN\" SELECT")).isEmpty();
  }

  @Test
  void theFirstTablesOwnerIsFound() {
    assertThat(Statements.firstParticipant("select c.x\nfrom  bank.credit c join tax.t on 1=1"))
        .contains("bank");
    assertThat(Statements.firstParticipant("SELECT 1 FROM \"tax\" . \"t\"")).contains("tax");
    assertThat(Statements.firstParticipant("SELECT 1 FROM BANK.t")).contains("bank");
    assertThat(Statements.firstParticipant("SELECT 1")).isEmpty();
    assertThat(Statements.firstParticipant("SELECT 1 FROM t")).isEmpty();
  }

  @Test
  void whatLooksLikeFromIsNone() {
    assertThat(
            Statements.firstParticipant(
                "SELECT 'from tax.t', \"from tax.t\" -- from tax.t\n/* from tax.t */ FROM bank.c"))
        .contains("bank");
    assertThat(
            Statements.firstParticipant("SELECT SUM(EXTRACT(YEAR FROM l.day)) FROM bank.loans l"))
        .contains("bank");
  }

  @Test
  void orderingIsSeenOutsideOfQuotesOnly() {
    assertThat(Statements.isOrdered("SELECT 1 FROM a.t ORDER BY 1")).isTrue();
    assertThat(Statements.isOrdered("SELECT 1 FROM a.t -- order by 1")).isFalse();
    assertThat(Statements.isOrdered("SELECT 'order by' FROM (SELECT 1 ORDER BY 1)")).isFalse();
  }
}
