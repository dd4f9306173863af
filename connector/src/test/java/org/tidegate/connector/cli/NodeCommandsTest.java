package org.tidegate.connector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.connector.app.NodeSpace;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.NodeHome;
import tools.jackson.databind.JsonNode;

/** The commands that talk to a node, against real nodes: their words, machine output, exit code. */
final class NodeCommandsTest {
  private static final String JOIN = " FROM bank.loans l JOIN tax.filings t ON l.uscc = t.uscc";

  @TempDir static Path directory;
  private static NodeSpace space;

  @BeforeAll
  static void start() throws Exception {
    space = new NodeSpace(directory, "jobs:\n  peerTimeout: 20s\n", "bank", "tax");
    space.publish("bank", "loans", "uscc,amount", "A1,10", "A2,20", "A3,30", "A5,50");
    space.publish("tax", "filings", "uscc,vat", "A1,100", "A2,200", "A3,300", "A4,400");
    space.grant("tax", "filings", "bank", 20, 2);
  }

  @AfterAll
  static void stop() {
    space.close();
  }

  private static CommandLineRun run(String... args) {
    return CommandLineRun.of(args);
  }

  private static String bank() {
    return space.home("bank").path().toString();
  }

  private static List<String> keys(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void oneStatementIsOneResult() {
    CommandLineRun run =
        run("query", "--node", bank(), "--json", "-", "SELECT SUM(t.vat) AS vat" + JOIN + ";");
    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode json = run.json();
    assertThat(keys(json))
        .containsSubsequence(
            "schema", "version", "commit", "status", "index", "sql", "columns", "private", "jobId",
            "plan", "bytes", "rounds", "millis")
        .doesNotContain("plaintext", "results", "error");
    assertThat(json.path("schema").asString()).isEqualTo("tidegate.query/1");
    assertThat(json.path("status").asString()).isEqualTo("ok");
    assertThat(json.path("sql").asString()).isEqualTo("SELECT SUM(t.vat) AS vat" + JOIN);
    assertThat(json.path("columns").toString())
        .isEqualTo("[{\"name\":\"vat\",\"type\":\"HUGEINT\"}]");
    assertThat(json.path("private").toString()).isEqualTo("[[\"600\"]]");
    assertThat(keys(json.path("plan")))
        .contains("digest", "protocol", "security", "parameters", "leakage");
    assertThat(json.path("bytes"))
        .isNotEmpty()
        .allSatisfy(n -> assertThat(keys(n)).containsExactlyInAnyOrder("from", "to", "n"));

    JsonNode job =
        run("job", "show", json.path("jobId").asString(), "--node", bank(), "--json", "-").json();
    assertThat(keys(job)).contains("jobId", "state", "history", "outcome");
    assertThat(job.path("history"))
        .isNotEmpty()
        .allSatisfy(n -> assertThat(keys(n)).containsExactlyInAnyOrder("state", "at"));
  }

  @Test
  void severalStatementsAreEachRun() throws Exception {
    Path file = directory.resolve("questions.sql");
    Files.writeString(
        file,
        "-- three; questions\nSELECT COUNT(*) AS n"
            + JOIN
            + ";\n\nSELECT COUNT(*)\nFROM bank.loan"
            + " l JOIN tax.filings t USING (uscc);\nSELECT AVG(t.vat), SUM(CASE WHEN t.vat > 900"
            + " THEN 1 END) AS none"
            + JOIN);
    CommandLineRun words = run("query", "--node", bank(), "--file", file.toString());
    assertThat(words.exit()).isEqualTo(Exit.REFUSED);
    assertThat(words.out())
        .isEqualTo(
            """
            -- 1: -- three; questions
            n
            3

            -- 2: SELECT COUNT(*)

            -- 3: SELECT AVG(t.vat), SUM(CASE WHEN t.vat > 900 THEN 1 END) AS none%s
            avg(t.vat)  none
            200.0       NULL
            """
                .formatted(JOIN));
    assertThat(words.err())
        .contains("tidegate: statement 2: " + file + ", line 5, column 6: no table 'bank.loan'")
        .contains("did you mean 'bank.loans'?");

    // Without a file there is nothing to look a line up in: the place is that in the statement.
    CommandLineRun argument =
        run("query", "--node", bank(), "SELECT COUNT(*)" + JOIN + "; SELECT COUNT(*) FROM bank.x");
    assertThat(argument.err()).containsPattern("tidegate: statement 2: line 1, column [12]\\d: ");

    CommandLineRun machine =
        run("query", "--node", bank(), "--file", file.toString(), "--json", "-");
    assertThat(machine.exit()).isEqualTo(Exit.REFUSED);
    JsonNode json = machine.json();
    assertThat(json.path("status").asString()).isEqualTo("refused");
    JsonNode results = json.path("results");
    assertThat(results.findValuesAsString("status")).containsSubsequence("ok", "refused", "ok");
    assertThat(results.get(1).path("index").asInt()).isEqualTo(1);
    assertThat(results.get(1).path("error").path("code").asString()).isEqualTo("sql.unknownTable");
    assertThat(results.get(1).path("error").path("line").asInt()).isEqualTo(2);
    assertThat(results.get(2).path("private").toString()).isEqualTo("[[\"200.0\",null]]");
  }

  @Test
  void explainSaysTheSameToPeopleAndMachines() {
    String sql = "SELECT SUM(t.vat) AS vat" + JOIN;
    CommandLineRun words = run("explain", "--node", bank(), sql);
    assertThat(words.exit()).as(words.err()).isZero();
    assertThat(words.out()).startsWith("Answer, for bank alone\n").contains("Grants\n");
    JsonNode json = run("explain", "--node", bank(), sql, "--json", "-").json();
    assertThat(json.path("schema").asString()).isEqualTo("tidegate.explain/1");
    assertThat(json.path("text").asString()).isEqualTo(words.out());
    assertThat(keys(json.path("plan")))
        .contains("digest", "protocol", "security", "parameters", "leakage");
    CommandLineRun refused = run("explain", "--node", bank(), "SELECT 1", "--json", "-");
    assertThat(refused.exit()).isEqualTo(Exit.REFUSED);
    assertThat(refused.json().path("error").path("column").asInt()).isPositive();
  }

  /** Code, place and nearest name, as they stand for people and in machine output. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELEC COUNT(*)|sql.syntax|1|1|expected SELECT",
        "SELECT COUNT(*)~ WHERE|sql.syntax|1|73|WHERE",
        "SELECT COUNT(*) FROM bank.laons l JOIN tax.filings t ON l.uscc = t.uscc|sql.unknownTable"
            + "|1|22|did you mean 'bank.loans'?",
        "SELECT COUNT(*)~ WHERE l.amonut > 1|sql.unknownColumn|1|79|did you mean 'amount'?"
      })
  void aRefusalNamesPlaceAndNearestName(
      String sql, String code, int line, int column, String words) {
    String text = sql.replace("~", JOIN);
    for (String command : List.of("query", "explain")) {
      CommandLineRun run = run(command, "--node", bank(), text, "--json", "-");
      assertThat(run.exit()).as(run.err()).isEqualTo(Exit.REFUSED);
      JsonNode error = run.json().path("error");
      assertThat(error.path("code").asString()).isEqualTo(code);
      assertThat(error.path("line").asInt()).as(run.err()).isEqualTo(line);
      assertThat(error.path("column").asInt()).as(run.err()).isEqualTo(column);
      assertThat(error.path("message").asString()).contains(words);
      assertThat(run.err()).contains("line " + line + ", column " + column).contains(words);
    }
  }

  @Test
  void grantsAreListsOfGrants() throws Exception {
    Path file = directory.resolve("grant.yaml");
    Files.writeString(
        file,
        "grants:\n  - {id: one-more, product: filings, columns: all, purpose: test, recipients:"
            + " [bank], count: 3, minimumGroup: 1}\n");
    String tax = space.home("tax").path().toString();
    for (List<String> args :
        List.of(
            List.of("grant", "put", "--file", file.toString()),
            List.of("grant", "list"),
            List.of("grant", "revoke", "one-more"))) {
      List<String> all = new ArrayList<>(args);
      all.addAll(List.of("--node", tax, "--json", "-"));
      CommandLineRun run = run(all.toArray(String[]::new));
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.json().path("schema").asString())
          .isEqualTo("tidegate.grant." + args.get(1) + "/1");
      assertThat(run.json().path("grants").findValuesAsString("id")).contains("one-more");
    }
    CommandLineRun unknown = run("grant", "revoke", "no-such", "--node", tax, "--json", "-");
    assertThat(unknown.exit()).isIn(Exit.USAGE, Exit.REFUSED);
    assertThat(unknown.json().path("error").path("message").asString()).contains("no-such");
  }

  @Test
  void anExportIsVerifiedAndADamagedOneIsNot() throws Exception {
    Path out = directory.resolve("export");
    JsonNode exported =
        run("audit", "export", "--node", bank(), "--out", out.toString(), "--json", "-").json();
    assertThat(exported.path("height").asLong()).isPositive();
    assertThat(exported.path("signedBy").toString()).isEqualTo("[\"bank\",\"tax\"]");
    assertThat(exported.path("notSignedBy")).isEmpty();
    String root = space.authority().resolve("authority/root.pem").toString();
    String[] verify =
        new String[] {"audit", "verify", "--blocks", out.toString(), "--root", root, "--json", "-"};
    CommandLineRun holds = run(verify);
    assertThat(holds.exit()).as(holds.out()).isZero();
    assertThat(keys(holds.json()))
        .containsSequence("height", "headHash", "trusts", "findings", "balances");
    assertThat(holds.json().path("balances"))
        .isNotEmpty()
        .allSatisfy(n ->
            assertThat(keys(n))
                .containsExactly("grant", "limit", "reserved", "used", "released", "owner"));
    Path block = out.resolve("blocks").resolve("000002.block");
    byte[] bytes = Files.readAllBytes(block);
    bytes[bytes.length / 2] ^= 1;
    Files.write(block, bytes);
    CommandLineRun lies = run(verify);
    assertThat(lies.exit()).as(lies.err()).isEqualTo(Exit.DOES_NOT_HOLD);
    assertThat(lies.json().path("status").asString()).isEqualTo("failed");
    assertThat(lies.json().path("findings"))
        .isNotEmpty()
        .allSatisfy(
            n -> assertThat(keys(n)).containsExactly("code", "block", "tx", "jobId", "message"));
  }

  @Test
  void aNodeThatDoesNotRunIsUnreachable() {
    NodeHome home =
        NodeHome.create(directory.resolve("idle"), "idle", new Endpoint("127.0.0.1", 1));
    for (String command : List.of("query", "explain")) {
      CommandLineRun run =
          run(command, "--node", home.path().toString(), "SELECT 1", "--json", "-");
      assertThat(run.exit()).as(run.err()).isEqualTo(Exit.ABORTED);
      assertThat(run.json().path("error").path("code").asString()).isEqualTo("peer.unreachable");
    }
  }

  @Test
  void aStatementIsNeededAndTakenFromOnePlace() {
    assertThat(run("query", "--node", bank()).exit()).isEqualTo(Exit.USAGE);
    assertThat(run("query", "--node", bank(), "/* nothing */ ;").err())
        .contains("holds no statement");
    assertThat(run("query", "--node", bank(), "--file", "/none.sql").err())
        .isEqualTo("tidegate: there is no file /none.sql; check the path\n");
    assertThat(run("query", "--node", bank(), "--security", "high", "SELECT 1").err())
        .contains("semi-honest, malicious");
  }
}
