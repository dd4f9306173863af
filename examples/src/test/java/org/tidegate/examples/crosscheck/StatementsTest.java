package org.tidegate.examples.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementsTest {
  @Test
  void semicolonsInQuotesAndCommentsEndNothing() {
    assertThat(
            Statements.split(
                "SELECT ';' AS \"a;b\" -- one; two\nFROM a.t;\n/* ; */ ;\nSELECT 2 /* ; */\n;;"))
        .containsExactly("SELECT ';' AS \"a;b\" -- one; two\nFROM a.t", "SELECT 2 /* ; */");
    assertThat(Statements.split(" \n -- nothing\n")).isEmpty();
    assertThat(Statements.split("SELECT 'it''s'; SELECT 'open")).hasSize(2);
  }

  @Test
  void theFirstTablesOwnerIsFound() {
    assertThat(Statements.firstParticipant("select c.x\nfrom  bank.credit c join tax.t on 1=1"))
        .contains("bank");
    assertThat(Statements.firstParticipant("SELECT 1 FROM \"tax\".\"t\"")).contains("tax");
    assertThat(Statements.firstParticipant("SELECT 1")).isEmpty();
  }
}
