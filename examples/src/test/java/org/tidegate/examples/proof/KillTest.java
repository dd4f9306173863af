package org.tidegate.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.connector.job.JobState;
import tools.jackson.databind.JsonNode;

/**
 * {@code kill -9} of each node at each state of a job: real processes, slow cables between them,
 * and nothing in the nodes that knows of the test. The state is seen in the node's store, which is
 * stopped there by its own lock until the process is dead; see {@link StoreWatch}.
 */
@Tag("long")
@Timeout(400)
final class KillTest {
  private static final String SQL =
      "SELECT COUNT(*) AS n, SUM(f.staff) AS s FROM bank.accounts a JOIN tax.filings f ON a.uscc ="
          + " f.uscc";
  private static final int TRIES = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration LATENCY = Duration.ofMillis(15);

  @TempDir static Path directory;
  private static @Nullable ProcessSpace started;
  private static String expected = "";

  @BeforeAll
  static void start() throws Exception {
    var _ = SmallData.write(directory.resolve("data"), 40, 21, false);
    ProcessSpace space =
        new ProcessSpace(
                directory.resolve("space"),
                "jobs:\n  timeout: 30s\n  maxTimeout: 60s\n  peerTimeout: 12s\n",
                "marine",
                "bank",
                "tax")
            .up();
    started = space;
    space.publish("bank", directory.resolve("data/bank"), "accounts");
    space.publish("tax", directory.resolve("data/tax"), "filings");
    var _ = space.grant("tax", "filings", "bank", 1_000);
    JsonNode answer = space.query("bank", SQL);
    assertThat(answer.path("status").asString()).describedAs("%s", answer).isEqualTo("answered");
    expected = answer.path("private").toString();
    space.cables().forEach(link -> link.delay(LATENCY));
  }

  @AfterAll
  static void stop() throws Exception {
    if (started != null) {
      started.close();
    }
  }

  private static ProcessSpace space() {
    if (started == null) {
      throw new IllegalStateException("the space did not start");
    }
    return started;
  }

  /** The state is the one at {@code watched}'s store; {@code held}: cut off before it dies. */
  @ParameterizedTest(name = "{0} dies when {1} is {2}, cables held: {3}")
  @CsvSource({
    "bank, bank, PROPOSED, false",
    "bank, bank, ACCEPTED, false",
    "bank, bank, RESERVED, false",
    "bank, bank, RUNNING, false",
    "bank, bank, REVEALING, false",
    "bank, bank, REVEALED, false",
    "bank, bank, SETTLED, false",
    "tax, tax, PROPOSED, false",
    "tax, tax, ACCEPTED, false",
    "tax, tax, RESERVED, false",
    "tax, tax, RUNNING, false",
    "tax, tax, REVEALING, false",
    "tax, tax, REVEALING, true",
    "tax, tax, REVEALED, false",
    "tax, tax, SETTLED, false",
    "marine, bank, PROPOSED, false",
    "marine, bank, ACCEPTED, false",
    "marine, bank, RESERVED, false",
    "marine, bank, RUNNING, false",
    "marine, bank, REVEALING, false",
    "marine, bank, REVEALED, false",
    "marine, bank, SETTLED, false",
  })
  void aDeadNodeLosesNoUseAndCountsNoneTwice(
      String victim, String watched, JobState state, boolean held) throws Exception {
    ProcessSpace space = space();
    int used = used(space);
    CompletableFuture<JsonNode> answer = null;
    Set<String> jobs = Set.of();
    boolean hit = false;
    for (int i = 0; i < TRIES && !hit; i++) {
      try (StoreWatch watch = new StoreWatch(space.home(watched));
          StoreWatch bank = new StoreWatch(space.home("bank"))) {
        Map<String, JobState> known = watch.states();
        Map<String, JobState> before = bank.states();
        CompletableFuture<JsonNode> asked =
            CompletableFuture.supplyAsync(() -> space.query("bank", SQL));
        hit = watch.freezeAt(state, known, PATIENCE);
        if (hit) {
          if (held) {
            space.link("bank", "tax").hold();
            space.link("tax", "bank").hold();
          }
          space.kill(victim);
          watch.thaw();
          space.link("bank", "tax").letGo();
          space.link("tax", "bank").letGo();
          answer = asked;
          jobs = Set.copyOf(bank.states().keySet());
          jobs = minus(jobs, before.keySet());
        } else {
          // It went by too fast; that job is an ordinary one.
          assertThat(asked.get(60, TimeUnit.SECONDS).path("status").asString())
              .isEqualTo("answered");
          used++;
        }
      }
    }
    assertThat(hit).describedAs("%s was never seen %s", watched, state).isTrue();
    space.start(victim);
    space.awaitIdle("bank");
    space.awaitIdle("tax");
    check(space, jobs, used, answerOf(answer));
    JsonNode next = space.query("bank", SQL);
    assertThat(next.path("private").toString()).describedAs("%s", next).isEqualTo(expected);
  }

  private static Set<String> minus(Set<String> all, Set<String> known) {
    return all.stream().filter(job -> !known.contains(job)).collect(Collectors.toSet());
  }

  /** The answer that the asker got, or null if it got none. */
  private static @Nullable String answerOf(@Nullable CompletableFuture<JsonNode> asked)
      throws InterruptedException, TimeoutException {
    if (asked == null) {
      return null;
    }
    try {
      JsonNode result = asked.get(90, TimeUnit.SECONDS);
      return result.path("status").asString().equals("answered")
          ? result.path("private").toString()
          : null;
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(StatusRuntimeException.class);
      return null;
    }
  }

  private static int used(ProcessSpace space) throws Exception {
    JsonNode balance = space.audit("tax").path("balances").path(0);
    assertThat(balance.path("reserved").asInt()).describedAs("%s", balance).isZero();
    return balance.path("used").asInt();
  }

  private static void check(ProcessSpace space, Set<String> jobs, int before, @Nullable String got)
      throws Exception {
    assertThat(jobs).hasSizeLessThanOrEqualTo(1);
    int used = used(space) - before;
    if (got != null) {
      assertThat(got).isEqualTo(expected);
      assertThat(used).describedAs("answered, so it counts").isEqualTo(1);
    }
    assertThat(used).isBetween(0, jobs.size());
    JobState end = used == 1 ? JobState.SETTLED : JobState.RELEASED;
    for (String name : new String[] {"bank", "tax"}) {
      try (StoreWatch store = new StoreWatch(space.home(name))) {
        for (String job : jobs) {
          JobState state = store.states().get(job);
          if (state != null) {
            assertThat(state).describedAs("%s at %s", job, name).isEqualTo(end);
          }
          if (store.revealed(job)) {
            assertThat(used).describedAs("%s revealed, so it counts", name).isEqualTo(1);
          }
        }
      }
    }
  }
}
