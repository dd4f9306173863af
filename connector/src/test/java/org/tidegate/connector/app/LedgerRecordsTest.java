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

  @Test
  void aGradeForbidsWhatTheSpacesPolicySays() throws Exception {
    Path data = Files.createDirectories(directory.resolve("graded"));
    Files.write(data.resolve("taxes.csv"), List.of("uscc,vat", "A1,100", "A2,200"));
    Path product = data.resolve("taxes.yaml");
    Files.writeString(
        product,
        """
        name: taxes
        file: taxes.csv
        columns:
          - {name: uscc, type: VARCHAR, nullable: false}
          - {name: vat, type: BIGINT, class: tax.amount, grade: important}
        key: [uscc]
        """);
    done("publish", product.toString(), "--node", home("tax"));
    space.grant("tax", "taxes", "bank", 9, 1);
    String question =
        "SELECT SUM(t.vat) AS vat FROM bank.loans l JOIN tax.taxes t ON l.uscc = t.uscc";
    assertThat(space.query("bank", question).path("status").asString()).isEqualTo("answered");
    // The policy is the one of the guide.
    Path policy = directory.resolve("policy.yaml");
    String guide = Files.readString(Path.of("../docs/guide/products-and-grants.md"));
    String rules = guide.substring(guide.indexOf("```yaml\nrules:") + 8);
    Files.writeString(policy, rules.substring(0, rules.indexOf("```")));
    String authority = space.authority().toString();
    Said put =
        done(
            "policy",
            "put",
            "--home",
            authority,
            "--file",
            policy.toString(),
            "--node",
            home("bank"));
    assertThat(put.text())
        .contains("important: avg, count, filter, join, sum")
        .contains("malicious security only")
        .contains("core: nothing");
    try {
      JsonNode refused = space.query("bank", question);
      assertThat(refused.path("error").path("code").asString())
          .describedAs("%s", refused)
          .isEqualTo("policy.grade");
      assertThat(space.query("bank", JOIN).path("status").asString()).isEqualTo("answered");
    } finally {
      Files.writeString(policy, "rules: []\n");
      Path notice = directory.resolve("policy.json");
      done(
          "policy",
          "put",
          "--home",
          authority,
          "--file",
          policy.toString(),
          "--out",
          notice.toString());
      done("policy", "submit", notice.toString(), "--node", home("tax"));
    }
    assertThat(done("policy", "show", "--node", home("bank")).text()).contains("version 2");
    assertThat(space.query("bank", question).path("status").asString()).isEqualTo("answered");
  }

  @Test
  void requestsRatingsAndDisputesGoTheirWay() {
    done(
        "request",
        "put",
        "vat-2026",
        "--purpose",
        "credit-risk",
        "--text",
        "monthly VAT of our borrowers",
        "--node",
        home("bank"));
    String digest =
        done("request", "list", "--node", home("bank"))
            .json()
            .path("requests")
            .path(0)
            .path("textDigest")
            .asString();
    assertThat(done("request", "list", "--node", home("tax")).text())
        .contains("vat-2026 of bank, for 'credit-risk'")
        .contains(digest)
        .doesNotContain("borrowers");
    String note = directory.resolve("note.txt").toString();
    done("note", "export", digest, "--out", note, "--node", home("bank"));
    done("note", "import", note, "--node", home("tax"));
    assertThat(done("request", "list", "--node", home("tax")).text()).contains("borrowers");
    assertThat(done("request", "close", "vat-2026", "--node", home("bank")).text())
        .contains("CLOSED");

    String job = space.query("bank", JOIN).path("jobId").asString();
    assertThat(
            done(
                    "product",
                    "rate",
                    "tax.filings",
                    "--job",
                    job,
                    "--score",
                    "accuracy=4",
                    "--score",
                    "timeliness=2",
                    "--text",
                    "a year old",
                    "--node",
                    home("bank"))
                .text())
        .contains("accuracy 4, timeliness 2")
        .contains("a year old");
    assertThat(
            run(
                    "product",
                    "rate",
                    "bank.loans",
                    "--job",
                    job,
                    "--score",
                    "accuracy=4",
                    "--node",
                    home("bank"))
                .exit())
        .isEqualTo(2);
    assertThat(done("product", "ratings", "--node", home("tax")).text())
        .contains("tax.filings by bank");

    done(
        "dispute",
        "open",
        job,
        "d-1",
        "--against",
        "tax",
        "--text",
        "the sum is wrong",
        "--node",
        home("bank"));
    Said early = run("dispute", "close", job, "d-1", "--text", "fine", "--node", home("bank"));
    assertThat(early.exit()).isEqualTo(3);
    assertThat(early.text()).contains("dispute.state");
    Said other = run("dispute", "answer", job, "d-1", "--text", "no", "--node", home("bank"));
    assertThat(other.text()).contains("dispute.role");
    done("dispute", "answer", job, "d-1", "--text", "we checked", "--node", home("tax"));
    done("dispute", "reply", job, "d-1", "--text", "check again", "--node", home("bank"));
    Said decided =
        done(
            "dispute",
            "decide",
            job,
            "d-1",
            "--home",
            space.authority().toString(),
            "--text",
            "the sum stands",
            "--node",
            home("tax"));
    assertThat(decided.text()).contains("bank against tax: decided").contains("the authority");
    JsonNode list =
        done("dispute", "list", "--job", job, "--node", home("bank")).json().path("disputes");
    assertThat(list.path(0).path("state").asString()).isEqualTo("decided");
    assertThat(list.path(0).path("steps")).hasSize(4);
  }
}
