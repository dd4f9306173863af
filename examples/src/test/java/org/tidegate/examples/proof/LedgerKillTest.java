package org.tidegate.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Three real node processes write to the ledger, and one after the other is killed with SIGKILL,
 * the ordering one among them: every chain verifies, all are one chain, and nothing that was
 * acknowledged is missing.
 */
@Tag("long")
@Timeout(900)
final class LedgerKillTest {
  private static final List<String> NAMES = List.of("bank", "marine", "tax");
  private static final String SQL =
      "SELECT COUNT(*) AS n FROM bank.accounts a JOIN tax.filings f ON a.uscc = f.uscc";
  private static final int KILLS = 12;

  @TempDir Path directory;

  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void killsLoseNothingThatWasAcknowledged() throws Exception {
    var _ = SmallData.write(directory.resolve("data"), 20, 41, false);
    String configuration = "jobs:\n  timeout: 30s\n  maxTimeout: 60s\n  peerTimeout: 10s\n";
    try (ProcessSpace space =
        new ProcessSpace(directory.resolve("space"), configuration, NAMES.toArray(String[]::new))
            .up()) {
      space.publish("bank", directory.resolve("data/bank"), "accounts");
      space.publish("tax", directory.resolve("data/tax"), "filings");
      String grant = space.grant("tax", "filings", "bank", 10_000);
      List<Thread> load = new ArrayList<>();
      for (String owner : List.of("bank", "tax")) {
        String product = owner.equals("bank") ? "accounts" : "filings";
        load.add(Thread.ofVirtual().start(() -> putGrants(space, owner, product)));
      }
      load.add(Thread.ofVirtual().start(() -> ask(space)));
      Random random = new Random(5);
      List<Integer> counts = new ArrayList<>();
      for (int kill = 0; kill < KILLS; kill++) {
        Thread.sleep(500 + random.nextInt(1_500));
        // Each of them, and in no order.
        String victim = NAMES.get(kill < 3 ? kill : random.nextInt(3));
        space.kill(victim);
        space.start(victim);
        counts.add(acknowledged.size());
      }
      // It went on in between, not only before and after.
      assertThat(counts.getLast()).isGreaterThan(counts.getFirst() + KILLS);
      over.set(true);
      for (Thread thread : load) {
        thread.join();
      }
      space.awaitIdle("bank");
      space.awaitIdle("tax");
      String last = space.grant("tax", "filings", "bank", 7);
      for (String name : NAMES) {
        check(space.audit(name), name, grant, last);
      }
    }
  }

  private void check(JsonNode audit, String name, String grant, String last) {
    List<String> there = new ArrayList<>();
    audit.path("balances").forEach(balance -> there.add(balance.path("grant").asString()));
    // Written by tax; the others may be a block behind.
    if (name.equals("tax")) {
      assertThat(there).contains(last);
    }
    assertThat(there).describedAs(name).containsAll(acknowledged).doesNotHaveDuplicates();
    JsonNode balance = ProcessSpace.balance(audit, grant);
    assertThat(balance.path("used").asInt()).isGreaterThanOrEqualTo(answered.get());
    assertThat(balance.path("reserved").asInt()).isZero();
  }

  private void putGrants(ProcessSpace space, String owner, String product) {
    while (!over.get()) {
      try {
        acknowledged.add(space.grant(owner, product, "bank", 3));
      } catch (StatusRuntimeException e) {
        // It, the orderer or its endorser is dead just now: nothing was promised.
        pause();
      }
    }
  }

  private void ask(ProcessSpace space) {
    while (!over.get()) {
      try {
        if (space.query("bank", SQL).path("status").asString().equals("answered")) {
          answered.incrementAndGet();
        }
      } catch (StatusRuntimeException e) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
