package org.tidegate.connector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.connector.cli.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger's other records, by command, against real nodes. */
final class LedgerRecordsTest {
  private static final String JOIN =
      "SELECT COUNT(*) AS n, SUM(t.vat) AS vat FROM bank.loans l JOIN tax.filings t ON l.uscc ="
          + " t.uscc";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir static Path directory;
  private static NodeSpace space;

  @BeforeAll
  static void start() throws Exception {
    space = new NodeSpace(directory, "jobs:\n  peerTimeout: 20s\n", "bank", "tax");
    space.publish("bank", "loans", "uscc,amount", "A1,10", "A2,20", "A3,30", "A5,50");
    space.publish("tax", "filings", "uscc,vat", "A1,100", "A2,200", "A3,300", "A4,400");
    space.grant("tax", "filings", "bank", 9, 2);
  }

  @AfterAll
  static void stop() {
    space.close();
  }

  /** What a command said, and its machine output. */
  private record Said(int exit, String text, JsonNode json) {}

  private static Said run(String... arguments) {
    Path file = directory.resolve("answer.json");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", file.toString()));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
    int exit = Main.run(out, out, all.toArray(String[]::new));
    return new Said(exit, text.toString(StandardCharsets.UTF_8), JSON.readTree(file));
  }

  private static Said done(String... arguments) {
    Said said = run(arguments);
    assertThat(said.exit()).describedAs("%s", said.text()).isZero();
    return said;
  }

  private static String home(String name) {
    return space.home(name).path().toString();
  }

  @Test
  void aSuspendedParticipantTakesPartInNothingNew() {
    String authority = space.authority().toString();
    assertThat(
            run(
                    "participant",
                    "reinstate",
                    "tax",
                    "--home",
                    authority,
                    "--reason",
                    "x",
                    "--node",
                    home("bank"))
                .exit())
        .isEqualTo(2);
    Path notice = directory.resolve("notice.json");
    Said written =
        done(
            "participant",
            "suspend",
            "tax",
            "--home",
            authority,
            "--reason",
            "its certificates were stolen",
            "--out",
            notice.toString());
    assertThat(written.json().path("number").asInt()).isEqualTo(1);
    assertThat(space.query("bank", JOIN).path("status").asString()).isEqualTo("answered");
    Said submitted = done("participant", "submit", notice.toString(), "--node", home("bank"));
    assertThat(submitted.text()).contains("tax: SUSPENDED on").contains("were stolen");
    try {
      JsonNode refused = space.query("bank", JOIN);
      assertThat(refused.path("error").path("code").asString())
          .describedAs("%s", refused)
          .isEqualTo("participant.suspended");
      // The other side has the standing from the ledger, but never the reason.
      Said list = done("participant", "list", "--node", home("tax"));
      assertThat(list.text())
          .contains("tax: SUSPENDED")
          .doesNotContain("stolen")
          .contains("sha256:");
      assertThat(list.json().path("participants").path(1).path("suspended").asBoolean()).isTrue();
    } finally {
      done(
          "participant",
          "reinstate",
          "tax",
          "--home",
          authority,
          "--reason",
          "new keys",
          "--node",
          home("bank"));
    }
    assertThat(space.query("bank", JOIN).path("status").asString()).isEqualTo("answered");
  }

  @Test
  void aGrantIsUsedNoMoreOftenThanItSays() throws Exception {
    space.publish("tax", "dues", "uscc,paid", "A1,1", "A2,2", "A9,9");
    Path file = directory.resolve("grants.yaml");
    Files.writeString(
        file,
        """
        grants:
          - id: once-a-day
            product: dues
            columns: all
            purpose: test
            recipients: [bank]
            count: 100
            minimumGroup: 1
            frequency: {count: 1, per: day}
            price: {currency: CNY, perUse: 12.50, perRow: 0.001, revenueShare: 2.5%}
        """);
    Said put = done("grant", "put", "--file", file.toString(), "--node", home("tax"));
    assertThat(put.text())
        .contains("at most 1 use within 1 day")
        .contains("CNY 12.500 a use, CNY 0.001 a row, 2.50% of the revenue");
    String question =
        "SELECT COUNT(d.paid) AS n FROM bank.loans l JOIN tax.dues d ON l.uscc = d.uscc";
    assertThat(space.query("bank", question).path("status").asString()).isEqualTo("answered");
    JsonNode again = space.query("bank", question);
    assertThat(again.path("error").path("code").asString())
        .describedAs("%s", again)
        .isEqualTo("grant.frequency");
    assertThat(again.path("error").path("message").asString()).contains("next use is possible at");
    Files.writeString(file, Files.readString(file).replace("frequency:", "budget:"));
    Said refused = run("grant", "put", "--file", file.toString(), "--node", home("tax"));
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.text()).contains("noise");
  }
}
