package org.tidegate.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.connector.job.JobState;
import tools.jackson.databind.JsonNode;

/**
 * Alters one byte on the wire between two real nodes while a job's protocol runs, at places spread
 * over everything that passes: TLS notices, and the job aborts. What happens to a frame altered
 * below TLS, by whoever holds the keys, is the protocol's matter and shown at every frame by {@code
 * SumMisbehaviourTest} of the module mpc.
 */
@Tag("long")
@Timeout(600)
final class FlipTest {
  private static final String SQL =
      "SELECT COUNT(*) AS n, SUM(f.staff) AS s FROM bank.accounts a JOIN tax.filings f ON a.uscc ="
          + " f.uscc";
  private static final int PLACES = 12;

  @TempDir Path directory;

  @Test
  void oneFlippedByteOnTheWireAbortsTheJob() throws Exception {
    var _ = SmallData.write(directory.resolve("data"), 120, 31, false);
    String configuration = "jobs:\n  timeout: 30s\n  maxTimeout: 60s\n  peerTimeout: 20s\n";
    try (ProcessSpace space =
        new ProcessSpace(directory.resolve("space"), configuration, "bank", "tax").up()) {
      space.publish("bank", directory.resolve("data/bank"), "accounts");
      space.publish("tax", directory.resolve("data/tax"), "filings");
      String grant = space.grant("tax", "filings", "bank", 1_000);
      String expected = space.query("bank", SQL).path("private").toString();
      // Slow enough that a state is seen before its frames are through.
      space.cables().forEach(link -> link.delay(Duration.ofMillis(10)));
      Link dialled = space.link("bank", "tax");
      Link dialledBack = space.link("tax", "bank");
      long before = dialled.passed();
      long beforeBack = dialledBack.passed();
      assertAnswered(space.query("bank", SQL), expected);
      long volume = dialled.passed() - before;
      long volumeBack = dialledBack.passed() - beforeBack;
      // The protocol's frames are on one connection, the ledger's blocks on the other.
      Link wire = volume > volumeBack ? dialled : dialledBack;
      long passing = Math.max(volume, volumeBack);
      assertThat(passing).isGreaterThan(50_000);
      int answered = 2;
      int aborted = 0;
      int flipped = 0;
      for (int place = 0; place < PLACES; place++) {
        JsonNode result = askAndFlip(space, wire, passing * place / PLACES);
        // What passed before the reservation does not come again: the last places are not reached.
        flipped += wire.wasFlipped() ? 1 : 0;
        if (result.path("status").asString().equals("answered")) {
          assertThat(result.path("private").toString()).isEqualTo(expected);
          answered++;
        } else {
          assertThat(result.path("status").asString())
              .describedAs("%s", result)
              .isEqualTo("failed");
          assertThat(result.path("private").isEmpty()).isTrue();
          aborted++;
        }
      }
      assertThat(flipped).isGreaterThanOrEqualTo(PLACES / 2);
      // One more may have hit what settles the job, when the answer was there.
      assertThat(aborted).isBetween(flipped - 1, flipped);
      assertAnswered(space.query("bank", SQL), expected);
      answered++;
      space.awaitIdle("bank");
      space.awaitIdle("tax");
      JsonNode balance = ProcessSpace.balance(space.audit("bank"), grant);
      assertThat(balance.path("reserved").asInt()).isZero();
      assertThat(balance.path("used").asInt()).isBetween(answered, answered + aborted);
    }
  }

  private static void assertAnswered(JsonNode result, String expected) {
    assertThat(result.path("private").toString()).describedAs("%s", result).isEqualTo(expected);
  }

  private static JsonNode askAndFlip(ProcessSpace space, Link wire, long after) throws Exception {
    try (StoreWatch store = new StoreWatch(space.home("bank"))) {
      Map<String, JobState> known = store.states();
      CompletableFuture<JsonNode> answer =
          CompletableFuture.supplyAsync(() -> space.query("bank", SQL));
      assertThat(store.freezeAt(JobState.RESERVED, known, Duration.ofMinutes(1))).isTrue();
      wire.flipAfter(after);
      store.thaw();
      return answer.get(120, TimeUnit.SECONDS);
    }
  }
}
