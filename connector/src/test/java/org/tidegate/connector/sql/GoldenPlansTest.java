package org.tidegate.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.connector.sql.plan.Explain;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.connector.sql.plan.PlanBuilder;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;

/**
 * Plans as people read them. Each file of {@code plans} holds a recipient, a statement, a line of
 * dashes and the explanation; a change of any plan is seen in the diff of its file. Where one
 * differs, what it should hold now is written below {@code target/plans}.
 */
final class GoldenPlansTest {
  private static final String DASHES = "\n----\n";
  private static final String RECIPIENT = "-- for ";

  /** A golden file. */
  record Golden(String name, String recipient, String sql, String text) {
    static Golden read(Path file) {
      try {
        String all = Files.readString(file);
        int dashes = all.indexOf(DASHES);
        int line = all.indexOf('\n');
        return new Golden(
            file.getFileName().toString(),
            all.substring(RECIPIENT.length(), line),
            all.substring(line + 1, dashes),
            all.substring(dashes + DASHES.length()));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    String with(String explanation) {
      return RECIPIENT + recipient + "\n" + sql + DASHES + explanation;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Golden> goldens() throws IOException, URISyntaxException {
    URL directory = Objects.requireNonNull(GoldenPlansTest.class.getResource("plans"));
    try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
      return files.sorted().map(Golden::read).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void isExplainedAsWrittenDown(Golden golden) throws IOException {
    Explain explain = Explain.of(TestCatalog.plan(golden.sql(), golden.recipient()));
    // The engine's version is of the build, not of the plan's shape.
    String text = explain.text().replace("DuckDB " + PlanBuilder.engineVersion(), "DuckDB");
    Path now = Path.of("target", "plans", golden.name());
    Files.createDirectories(now.getParent());
    Files.writeString(now, golden.with(text));
    assertThat(text)
        .as("%s; if it is meant to be so, copy %s over it", golden.name(), now.toAbsolutePath())
        .isEqualTo(golden.text());
  }

  @Test
  void thereAreGoldens() throws IOException, URISyntaxException {
    assertThat(goldens()).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void machinesGetTheSameData() {
    Plan plan =
        TestCatalog.plan(
            "SELECT SUM(l.amount), AVG(f.paid) FROM bank.loans l JOIN tax.filings f ON l.uscc ="
                + " f.uscc");
    JsonObject json = Explain.of(plan).toJson();
    assertThat(CanonicalJson.decodeText(CanonicalJson.encodeText(json))).isEqualTo(json);
    assertThat(json.object("plan").keys())
        .contains("digest", "protocol", "security", "parameters", "leakage", "columns");
    assertThat(json.object("plan").object("parameters").number("paillierBits")).isEqualTo(3072);
    assertThat(json.object("plan").object("parameters").string("group")).isEqualTo("ristretto255");
    String text = json.string("text");
    for (JsonObject leak : json.object("plan").objects("leakage", leak -> leak)) {
      assertThat(text).contains(leak.string("what") + " [" + leak.string("code") + "]");
    }
    for (JsonObject run : json.objects("runs", run -> run)) {
      assertThat(text)
          .contains(run.string("lane") + ": " + run.string("matcher") + " brings keys")
          .contains(run.number("rounds") + " rounds");
    }
    json.strings("why").forEach(why -> assertThat(text).contains(why));
    assertThat(json.objects("needs", need -> need.bool("grant"))).containsExactly(false, true);
  }
}
