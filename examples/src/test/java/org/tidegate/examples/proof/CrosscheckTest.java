package org.tidegate.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.examples.proof.FrameSearch.Recording;
import tools.jackson.databind.JsonNode;

/**
 * {@code tidegate crosscheck}: a process per participant, mutual TLS, ledger and metering, and the
 * same answers as DuckDB over the pooled files; and what goes over the wire meanwhile.
 */
@Timeout(300)
final class CrosscheckTest {
  private static final String JOIN = " FROM bank.accounts a JOIN tax.filings f ON a.uscc = f.uscc";

  private static final String BOTH = " FROM bank.accounts a JOIN tax.registry r ON a.uscc = r.uscc";

  private static final List<String> EQUAL =
      List.of(
          "SELECT COUNT(*) AS n" + JOIN,
          "SELECT COUNT(*), SUM(f.vat) AS vat, AVG(f.vat), COUNT(f.vat), COUNT(f.staff)" + JOIN,
          "SELECT SUM(f.staff) AS staff, AVG(f.staff) AS mean" + JOIN + " WHERE a.branch = '001'",
          "SELECT SUM(a.volume), AVG(a.balance), SUM(r.score), COUNT(r.score)" + BOTH,
          "SELECT SUM(f.vat * 2 + f.staff) AS x" + JOIN + " WHERE f.industry = '船舶'",
          "SELECT COUNT(*), SUM(a.rate)" + BOTH + " WHERE a.rate IS NOT NULL AND r.sector = 'fish'",
          "SELECT SUM(f.vat)" + JOIN + " WHERE a.opened < DATE '2024-06-01' AND a.balance > 1000",
          "SELECT SUM(f.vat), COUNT(*)" + JOIN + " WHERE a.branch = 'none'",
          "SELECT AVG(CASE WHEN f.staff > 0 THEN f.staff END) AS a" + JOIN,
          "SELECT COUNT(*) AS \"how many\", SUM(f.staff) / COUNT(*) AS ratio" + JOIN,
          "SELECT SUM(f.staff)\nFROM tax.filings f\nJOIN bank.accounts a USING (uscc)");

  /** Rows of bank's own, of which several match; one is an aggregate over the same relation. */
  private static final List<String> ROWS =
      List.of(
          "SELECT uscc, branch, balance FROM bank.accounts WHERE balance > 0 AND uscc IN (SELECT"
              + " uscc FROM tax.filings WHERE vat > 1000) ORDER BY balance DESC, uscc",
          "SELECT a.* FROM bank.accounts a WHERE EXISTS (SELECT 1 FROM tax.registry r WHERE r.uscc"
              + " = a.uscc)",
          "SELECT COUNT(*) AS n FROM bank.accounts WHERE uscc IN (SELECT uscc FROM tax.filings)");

  private static final Map<String, String> REFUSED =
      Map.of(
          "SELECT a.uscc, COUNT(*)" + JOIN,
          "sql.unsupported",
          "SELECT SUM(a.volume)" + JOIN,
          "sql.unsupported",
          "SELECT SUM(f.vta)" + JOIN,
          "sql.unknownColumn",
          "SELECT COUNT(*) FROM bank.account a JOIN tax.filings f ON a.uscc = f.uscc",
          "sql.unknownTable",
          "SELEC COUNT(*)" + JOIN,
          "sql.syntax");

  @TempDir Path directory;

  private CommandRun crosscheck(String name, List<String> statements, String... more)
      throws Exception {
    Path sql = directory.resolve(name + ".sql");
    Files.writeString(sql, String.join(";\n", statements) + ";\n");
    return CommandRun.crosscheck(directory.resolve(name), sql, more);
  }

  private static void assertEqual(CommandRun run, int index) {
    JsonNode result = run.json().path("results").path(index);
    assertThat(result.path("status").asString())
        .describedAs("%s%n%s", result, run.said())
        .isEqualTo("equal");
    assertThat(result.path("private").size()).isEqualTo(1);
    for (int i = 0; i < result.path("columns").size(); i++) {
      String type = result.path("columns").path(i).path("type").asString();
      JsonNode computed = result.path("private").path(0).path(i);
      JsonNode plain = result.path("plaintext").path(0).path(i);
      if (type.equals("DOUBLE") && !plain.isNull()) {
        // DuckDB adds doubles in some order and rounds at each step; the private sum is exact.
        assertThat(Double.parseDouble(computed.asString()))
            .describedAs("%s", result)
            .isCloseTo(Double.parseDouble(plain.asString()), Percentage.withPercentage(1e-7));
      } else {
        assertThat(computed).describedAs("%s", result).isEqualTo(plain);
      }
    }
    assertThat(result.path("jobId").asString()).startsWith("sha256:");
    assertThat(result.path("bytes").size()).isEqualTo(2);
    assertThat(result.path("plan").path("parameters").toString()).contains("3072");
  }

  private static void assertRefused(CommandRun run, int index, String code) {
    JsonNode result = run.json().path("results").path(index);
    assertThat(result.path("status").asString()).describedAs("%s", result).isEqualTo("refused");
    assertThat(result.path("error").path("code").asString()).isEqualTo(code);
    assertThat(result.path("error").path("line").asInt(0)).isEqualTo(1);
    assertThat(result.path("private").isEmpty()).isTrue();
  }

  @Test
  void answersEqualDuckDbsAndFramesTellNothing() throws Exception {
    SmallData data = SmallData.write(directory.resolve("small"), 24, 7, false);
    Path trace = directory.resolve("trace");
    List<String> statements = new ArrayList<>(List.of(EQUAL.get(1), EQUAL.get(3)));
    statements.add("SELECT SUM(f.vta)" + JOIN);
    CommandRun run = crosscheck("small", statements, "--trace", trace.toString());
    assertEqual(run, 0);
    assertEqual(run, 1);
    assertRefused(run, 2, "sql.unknownColumn");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.json().path("schema").asString()).isEqualTo("tidegate.crosscheck/1");
    assertTellNothing(FrameSearch.of(data), trace);
  }

  @Tag("long")
  @Test
  void rowsEqualDuckDbsWhicheverTheProtocol() throws Exception {
    var _ = SmallData.write(directory.resolve("rows"), 40, 12, false);
    CommandRun semiHonest = crosscheck("rows", ROWS);
    CommandRun malicious = crosscheck("rows", ROWS.subList(0, 2), "--security", "malicious");
    assertRows(semiHonest, 0, "psi.ecdh");
    assertRows(semiHonest, 1, "psi.ecdh");
    assertEqual(semiHonest, 2);
    assertRows(malicious, 0, "psi.rr22");
    assertRows(malicious, 1, "psi.rr22");
    assertThat(semiHonest.exit()).isZero();
    assertThat(malicious.exit()).isZero();
  }

  private static void assertRows(CommandRun run, int index, String protocol) {
    JsonNode result = run.json().path("results").path(index);
    assertThat(result.path("status").asString())
        .describedAs("%s%n%s", result, run.said())
        .isEqualTo("equal");
    assertThat(result.path("private")).describedAs("%s", result).isNotEmpty();
    assertThat(result.path("plan").path("protocol").asString()).isEqualTo(protocol);
    assertThat(result.path("plan").path("leakage").toString()).contains("\"rows\"");
  }

  /** And shows that the search finds what is planted: it can fail. */
  private static void assertTellNothing(FrameSearch search, Path trace) throws Exception {
    Map<String, Recording> recordings = FrameSearch.read(trace);
    assertThat(recordings).hasSizeGreaterThanOrEqualTo(4);
    for (Recording recording : recordings.values()) {
      assertThat(recording.frames()).describedAs(recording.name()).isNotEmpty();
    }
    assertThat(search.findings(recordings)).isEmpty();
  }

  @Test
  void theSearchFindsWhatIsPlanted() throws Exception {
    SmallData data = SmallData.write(directory.resolve("planted"), 6, 8, false);
    FrameSearch search = FrameSearch.of(data);
    assertThat(search.size()).isGreaterThan(1_000);
    String key = data.keys().iterator().next();
    byte[] sha = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    Path trace = Files.createDirectories(directory.resolve("frames"));
    Path file = trace.resolve("bank-to-tax.leg0.frames");
    byte[] noise = new byte[5_000];
    new Random(3).nextBytes(noise);
    frames(file, noise);
    assertThat(search.findings(FrameSearch.read(trace))).isEmpty();
    List<byte[]> planted =
        List.of(
            key.getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(sha, 8),
            HexFormat.of().formatHex(sha).getBytes(StandardCharsets.UTF_8),
            data.texts().getFirst().getBytes(StandardCharsets.UTF_8),
            ByteBuffer.allocate(8).putLong(data.numbers().getFirst().longValue()).array());
    for (byte[] secret : planted) {
      byte[] leaking = noise.clone();
      System.arraycopy(secret, 0, leaking, 2_345, secret.length);
      frames(file, leaking);
      assertThat(search.findings(FrameSearch.read(trace)))
          .describedAs("planted %s", HexFormat.of().formatHex(secret))
          .isNotEmpty()
          .allMatch(found -> found.startsWith("bank-to-tax.leg0.frames at byte 23"));
    }
  }

  /** Three frames, the second of which begins amid what was planted. */
  private static void frames(Path file, byte[] payload) throws Exception {
    Files.write(file, new byte[0]);
    int[] cuts = {0, 2_348, 2_348, payload.length};
    for (int i = 0; i + 1 < cuts.length; i++) {
      byte[] part = Arrays.copyOfRange(payload, cuts[i], cuts[i + 1]);
      Files.write(
          file,
          ByteBuffer.allocate(4 + part.length).putInt(part.length).put(part).array(),
          StandardOpenOption.APPEND);
    }
  }

  @Tag("long")
  @Test
  void manyStatementsEqualDuckDbs() throws Exception {
    SmallData data = SmallData.write(directory.resolve("many"), 300, 9, false);
    Path trace = directory.resolve("trace");
    CommandRun run = crosscheck("many", EQUAL, "--trace", trace.toString());
    for (int i = 0; i < EQUAL.size(); i++) {
      assertEqual(run, i);
    }
    assertThat(run.json().path("results").size()).isEqualTo(EQUAL.size());
    assertThat(run.exit()).describedAs(run.said()).isZero();
    assertTellNothing(FrameSearch.of(data), trace);
  }

  @Tag("long")
  @Test
  void refusalsAreToldAndNothingElseIsAffected() throws Exception {
    var _ = SmallData.write(directory.resolve("refused"), 30, 10, false);
    List<String> statements = new ArrayList<>(REFUSED.keySet());
    statements.add(EQUAL.getFirst());
    CommandRun run = crosscheck("refused", statements, "--recipient", "tax");
    for (int i = 0; i < REFUSED.size(); i++) {
      assertRefused(run, i, String.valueOf(REFUSED.get(statements.get(i))));
    }
    assertEqual(run, REFUSED.size());
    assertThat(run.exit()).isEqualTo(3);
  }

  /**
   * The frames' contents are fresh randomness in every run, so what can be compared between two
   * runs is the answer, which lanes there are, and the order and lengths of each lane's frames.
   */
  @Tag("long")
  @Test
  void theOrderOfRowsChangesNeitherAnswersNorTheFormOfFrames() throws Exception {
    List<String> statements = List.of(EQUAL.get(1), EQUAL.get(3), EQUAL.get(5));
    List<CommandRun> runs = new ArrayList<>();
    List<Map<String, Recording>> traces = new ArrayList<>();
    for (boolean reversed : new boolean[] {false, true}) {
      String name = "reversed-" + reversed;
      var _ = SmallData.write(directory.resolve(name), 200, 11, reversed);
      Path trace = directory.resolve("trace-" + reversed);
      runs.add(crosscheck(name, statements, "--trace", trace.toString()));
      traces.add(FrameSearch.read(trace));
    }
    for (int i = 0; i < statements.size(); i++) {
      assertEqual(runs.get(0), i);
      assertThat(runs.get(1).json().path("results").path(i).path("private"))
          .isEqualTo(runs.get(0).json().path("results").path(i).path("private"));
    }
    assertThat(lengths(traces.get(1))).isEqualTo(lengths(traces.get(0)));
  }

  private static Map<String, List<Integer>> lengths(Map<String, Recording> trace) {
    Map<String, List<Integer>> lengths = new TreeMap<>();
    trace.forEach((name, recording) -> lengths.put(name, recording.lengths()));
    return lengths;
  }
}
