package org.tidegate.benchmarks.psi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.connector.cli.CommandException;
import org.tidegate.connector.cli.Exit;
import org.tidegate.connector.cli.Output;
import tools.jackson.databind.JsonNode;

/** Two real processes each, with few rows. */
@Timeout(120)
final class PsiBenchTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream words = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(words, true, StandardCharsets.UTF_8);
  private final Output output = new Output(stream, stream, Optional.empty());

  private PsiMeasurement measure(PsiBench.Settings settings) throws Exception {
    return new PsiBench(settings, output).run();
  }

  @Test
  void bothProcessesRunOverAShapedLineAndTheResultIsRight() throws Exception {
    PsiMeasurement measurement =
        measure(
            new PsiBench.Settings(
                Optional.empty(),
                300,
                "ecdh",
                "semi-honest",
                Optional.of(20_000_000L),
                Duration.ofMillis(20),
                1,
                1));
    JsonNode json = Output.mapper().valueToTree(measurement.json());
    assertThat(json.path("matches").asInt()).isEqualTo(150);
    assertThat(json.path("rounds").asInt()).isPositive();
    long bytes = json.path("bytes").path("rightToLeft").asLong();
    assertThat(bytes).isGreaterThan(300 * (32 + 16));
    // Three round trips at least, and what the rate allows.
    double least = 3 * 0.04 + bytes * 8 / 20e6;
    JsonNode seconds = json.path("seconds");
    double parts = 0;
    for (String part : List.of("input", "offline", "online", "output")) {
      assertThat(seconds.path(part).asDouble()).as(part).isPositive();
      parts += seconds.path(part).asDouble();
    }
    assertThat(seconds.path("total").asDouble()).isEqualTo(parts).isGreaterThan(least);
    assertThat(json.path("peakRssBytes").path("left").asLong()).isGreaterThan(1 << 20);
    assertThat(json.path("results").get(0).path("value").asDouble()).isEqualTo(parts);
    assertThat(measurement.table()).anyMatch(line -> line.contains("20,000,000 bit/s, 20 ms"));
  }

  @Tag("long")
  @Test
  void whatASideRefusesIsTold() throws Exception {
    Path file = Files.writeString(directory.resolve("a.csv"), "k\n1\n");
    PsiFiles.Pair pair = new PsiFiles.Pair(file, file, List.of("missing"));
    PsiBench.Settings settings =
        new PsiBench.Settings(
            Optional.of(pair), 0, "auto", "semi-honest", Optional.empty(), Duration.ZERO, 0, 1);
    assertThatThrownBy(() -> measure(settings))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("has no column 'missing'")
        .satisfies(e ->
            assertThat(e)
                .extracting(failure -> ((CommandException) failure).exit())
                .isEqualTo(Exit.USAGE));
  }

  @Test
  void aWrongResultIsFound() throws Exception {
    Path left = Files.writeString(directory.resolve("l.csv"), "k,v\n1,a\n2,b\n3,c\n");
    Path right = Files.writeString(directory.resolve("r.csv"), "k,v\n3,x\n1,y\n");
    PsiFiles.Pair pair = new PsiFiles.Pair(left, right, List.of("k"));
    Path out = directory.resolve("o.csv");
    Map<String, String> results =
        Map.of("k,v\n1,a\n3,c\n", "", "k,v\n3,c\n1,a\n", "not the matching rows in their order");
    for (Map.Entry<String, String> result : results.entrySet()) {
      Files.writeString(out, result.getKey());
      assertThat(PsiFiles.differences(pair, out, 2)).contains(result.getValue());
    }
    assertThat(PsiFiles.differences(pair, out, 1))
        .contains("1 matches were found, and there are 2");
  }
}
