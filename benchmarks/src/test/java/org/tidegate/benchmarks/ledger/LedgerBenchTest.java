package org.tidegate.benchmarks.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.connector.cli.LocalSpace;
import org.tidegate.connector.cli.Output;
import tools.jackson.databind.JsonNode;

@Timeout(180)
final class LedgerBenchTest {
  private static final LedgerBench.Settings FEW =
      new LedgerBench.Settings(LocalSpace.LedgerKind.EMBEDDED, List.of(3), List.of(1, 2), 1, 1);

  @Test
  @Tag("long")
  void realNodesTakeEveryTransaction() throws Exception {
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(words, true, StandardCharsets.UTF_8);
    LedgerRates rates = new LedgerBench(FEW, new Output(stream, stream, Optional.empty())).run();
    JsonNode results = Output.mapper().valueToTree(rates.json()).path("results");
    assertThat(results.valueStream().map(result -> result.path("name").asString()))
        .containsExactly(
            "ledger.raw",
            "ledger.reserve",
            "ledger.receipt",
            "ledger.settle",
            "ledger.reserve",
            "ledger.receipt",
            "ledger.settle");
    assertThat(results.valueStream())
        .allSatisfy(result -> assertThat(result.path("value").asDouble()).isPositive());
  }

  @Test
  void aRatioIsThatOfItsOwnRun() {
    Map<LedgerRates.Line, List<Double>> rates = new LinkedHashMap<>();
    rates.put(new LedgerRates.Line("raw", 3, 0), List.of(100.0, 10.0, 50.0));
    rates.put(new LedgerRates.Line("settle", 3, 1), List.of(80.0, 9.0, 25.0));
    LedgerRates all = new LedgerRates(FEW, rates);
    JsonNode settle = Output.mapper().valueToTree(all.json()).path("results").path(1);
    assertThat(settle.path("value").asDouble()).isEqualTo(25);
    assertThat(settle.path("low").asDouble()).isEqualTo(9);
    assertThat(settle.path("high").asDouble()).isEqualTo(80);
    // 0.8, 0.9 and 0.5.
    assertThat(settle.path("ratios").path("raw").asDouble()).isEqualTo(0.8);
    assertThat(all.table()).last().asString().contains("one hot grant", "0.80 of raw");
  }
}
