package org.tidegate.connector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One query through real nodes. */
final class NodeTest {
  private static final String JOIN =
      "SELECT COUNT(*) AS n, SUM(t.vat) AS vat FROM bank.loans l JOIN tax.filings t ON l.uscc ="
          + " t.uscc";

  @TempDir static Path directory;
  private static NodeSpace space;

  @BeforeAll
  static void start() throws Exception {
    space = new NodeSpace(directory, "jobs:\n  peerTimeout: 20s\n", "bank", "tax");
    space.publish("bank", "loans", "uscc,amount", "A1,10", "A2,20", "A3,30", "A5,50");
    space.publish("tax", "filings", "uscc,vat", "A1,100", "A2,200", "A3,300", "A4,400");
  }

  @AfterAll
  static void stop() {
    space.close();
  }

  @Test
  void aJointQuestionIsAnswered() throws Exception {
    JsonNode missing = space.query("bank", JOIN);
    assertThat(missing.path("error").path("code").asString()).isEqualTo("grant.missing");
    space.grant("tax", "filings", "bank", 1, 2);
    JsonNode answer = space.query("bank", JOIN);
    assertThat(answer.path("status").asString()).describedAs("%s", answer).isEqualTo("answered");
    assertThat(answer.path("private").toString()).isEqualTo("[[\"3\",\"600\"]]");
    JsonNode job = space.job("bank", answer.path("jobId").asString());
    assertThat(job.path("state").asString()).isEqualTo("SETTLED");
    JsonNode exhausted = space.query("bank", JOIN);
    assertThat(exhausted.path("error").path("code").asString()).isEqualTo("grant.exhausted");
    space.grant("tax", "filings", "bank", 1, 4);
    JsonNode small = space.query("bank", JOIN);
    assertThat(small.path("error").path("code").asString()).isEqualTo("group.tooSmall");
    assertThat(small.path("error").path("message").asString())
        .contains("the answer was not revealed, but tax has learned how many match");
    assertThat(space.job("bank", small.path("jobId").asString()).path("state").asString())
        .isEqualTo("SETTLED");
  }

  /** Whether one row of the owner fails must cost a use to find out, and say no more than that. */
  @Test
  void aFailureOverTheOwnersRowsCountsAsAUse() throws Exception {
    space.publish("tax", "notes", "uscc,note", "A1,7", "A2,seven");
    space.grant("tax", "notes", "bank", 2, 1);
    String question =
        "SELECT COUNT(*) AS n FROM bank.loans l JOIN tax.notes f ON l.uscc = f.uscc WHERE"
            + " CASE WHEN f.uscc = '%s' THEN CAST(f.note AS INTEGER) = 7 ELSE TRUE END";
    JsonNode fails = space.query("bank", question.formatted("A2"));
    assertThat(fails.path("error").path("code").asString())
        .describedAs("%s", fails)
        .isEqualTo("source.failed");
    assertThat(fails.path("error").path("message").asString())
        .contains("the use counts")
        .doesNotContain("Conversion", "seven", "note");
    assertThat(space.job("bank", fails.path("jobId").asString()).path("state").asString())
        .isEqualTo("SETTLED");
    JsonNode answer = space.query("bank", question.formatted("A1"));
    assertThat(answer.path("private").toString()).isEqualTo("[[\"2\"]]");
    JsonNode exhausted = space.query("bank", question.formatted("A2"));
    assertThat(exhausted.path("error").path("code").asString()).isEqualTo("grant.exhausted");
  }

  /**
   * What a product declares is checked when it is published, and again where an answer rests on it.
   */
  @Test
  void aFileThatNoLongerIsAsDeclaredGivesNoAnswer() throws Exception {
    String[] published = {"uscc,paid", "A1,1", "A2,2", "A9,9"};
    space.publish("tax", "dues", published);
    space.grant("tax", "dues", "bank", 9, 1);
    String question =
        "SELECT COUNT(d.paid) AS n FROM bank.loans l JOIN tax.dues d ON l.uscc = d.uscc";
    assertThat(space.query("bank", question).path("private").toString()).isEqualTo("[[\"2\"]]");
    Path file = directory.resolve("data-tax").resolve("dues.csv");
    for (List<String> changed :
        List.of(
            List.of("uscc,paid", "A1,1", "A2,", "A9,9"),
            List.of("uscc,paid", "A1,1", "A1,2", "A9,9"))) {
      Files.write(file, changed);
      JsonNode fails = space.query("bank", question);
      assertThat(fails.path("error").path("code").asString())
          .describedAs("%s", fails)
          .isEqualTo("source.failed");
    }
    Files.write(file, List.of(published));
    assertThat(space.query("bank", question).path("private").toString()).isEqualTo("[[\"2\"]]");
  }

  /** What it needs of others at its first start it has from its own copy of the chain later. */
  @Test
  void aNodeComesBackWhileItsOnlyPeerIsDown() throws Exception {
    try (NodeSpace pair =
        new NodeSpace(
            directory.resolve("pair"), "jobs:\n  peerTimeout: 20s\n", "harbour", "port")) {
      pair.publish("port", "ships", "imo,tons", "1,2");
      pair.stop("harbour");
      pair.stop("port");
      pair.start("port");
      assertThat(pair.products("port").toString()).contains("ships");
    }
  }

  @Test
  void aGrantIsForMembersOnly() throws Exception {
    space.publish("tax", "notices", "uscc", "A1");
    assertThatThrownBy(() -> space.grant("tax", "notices", "bnak", 1, 1))
        .hasMessageContaining("grant 1: recipient 'bnak' is no member of the space")
        .hasMessageContaining("did you mean 'bank'?");
  }

  @Test
  void rowsThatMatchAreAnsweredToTheirOwner() throws Exception {
    space.publish("bank", "cards", "uscc,owner", "A1,x", "A1,y", "A9,z", "A4,\"東 \"\"\"");
    space.publish("tax", "visits", "uscc,year", "A1,2023", "A1,2024", "A4,2024", "A9,2020");
    String rows =
        "SELECT owner, uscc FROM bank.cards WHERE uscc IN (SELECT uscc FROM tax.visits WHERE year >"
            + " 2022) ORDER BY owner DESC";
    space.grant("tax", "visits", "bank", 9, 1);
    JsonNode ungranted = space.query("bank", rows);
    assertThat(ungranted.path("error").path("code").asString()).isEqualTo("grant.column");
    assertThat(ungranted.path("error").path("message").asString()).contains("uscc: match");
    space.grant("tax", "visits", "{uscc: [join, match], year: [filter]}", "bank", 1, 2);
    JsonNode grouped = space.query("bank", rows);
    assertThat(grouped.path("error").path("code").asString()).isEqualTo("group.tooSmall");
    assertThat(grouped.path("error").path("message").asString()).contains("minimumGroup 1");
    space.grant("tax", "visits", "{uscc: [join, match], year: [filter]}", "bank", 1, 1);
    JsonNode answer = space.query("bank", rows);
    assertThat(answer.path("status").asString()).describedAs("%s", answer).isEqualTo("answered");
    assertThat(answer.path("private").toString())
        .isEqualTo("[[\"東 \\\"\",\"A4\"],[\"y\",\"A1\"],[\"x\",\"A1\"]]");
    assertThat(answer.path("plan").path("protocol").asString()).isEqualTo("psi.ecdh");
    JsonNode job = space.job("bank", answer.path("jobId").asString());
    assertThat(job.path("state").asString()).isEqualTo("SETTLED");
  }
}
