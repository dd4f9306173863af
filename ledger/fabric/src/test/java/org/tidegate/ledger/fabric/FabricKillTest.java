package org.tidegate.ledger.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;

/**
 * Peers, the orderer and contract services of a real network are killed at random while clients
 * reserve uses of one grant, write receipts, settle and give back. Every call is repeated until it
 * is answered, as a node does. In the end each job's uses stand once.
 *
 * <p>{@code -Dtidegate.test.kill.seconds} says for how long; 60 unless told.
 */
@Tag("long")
@EnabledIf(value = "isFound", disabledReason = "no peer and orderer of Fabric were found")
class FabricKillTest {
  private static final int CLIENTS = 8;
  private static final int MOST_JOBS = 100_000;
  private static final Duration LOAD =
      Duration.ofSeconds(Long.getLong("tidegate.test.kill.seconds", 60));

  /** What a peer that has just come back, and lags behind, says of what others have written. */
  private static final Set<String> NOT_SEEN_YET =
      Set.of(LedgerCodes.RECEIPTS_MISSING, LedgerCodes.NOT_FOUND);

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final AtomicBoolean over = new AtomicBoolean();
  private final Queue<Digest> settled = new ConcurrentLinkedQueue<>();
  private final Queue<Digest> released = new ConcurrentLinkedQueue<>();
  private final Queue<String> repeated = new ConcurrentLinkedQueue<>();

  static boolean isFound() {
    return FabricReleases.ofLine("").isPresent();
  }

  @Test
  void everyUseStandsOnceWhateverIsKilled() throws Exception {
    TestSpace space = new TestSpace();
    FabricBinaries binaries = FabricReleases.ofLine("").orElseThrow();
    try (RealNetwork network = new RealNetwork(space, binaries)) {
      TestJobs jobs = new TestJobs(space, network);
      jobs.prepare();
      Grant grant = jobs.put(MOST_JOBS);
      int kills = 0;
      try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          Random random = new Random(i);
          clients.add(pool.submit(() -> work(space, network, jobs, grant, random)));
        }
        try {
          kills = killUntilOver(network);
        } finally {
          over.set(true);
        }
        for (Future<?> client : clients) {
          client.get();
        }
      }
      network.level();
      for (String member : space.names()) {
        check(network, member);
      }
      AuditReport report = network.audit(network.export());
      assertThat(report.findings()).isEmpty();
      assertThat(report.balances())
          .singleElement()
          .satisfies(balance -> {
            assertThat(balance.used()).isEqualTo(settled.size());
            assertThat(balance.released()).isEqualTo(released.size());
            assertThat(balance.reserved()).isZero();
          });
      System.out.printf(
          "%d s, %d kills: %d jobs settled, %d given back, %d calls repeated %s; %d blocks, audit"
              + " clean%n",
          LOAD.toSeconds(),
          kills,
          settled.size(),
          released.size(),
          repeated.size(),
          repeated.stream().distinct().sorted().toList(),
          report.height());
      assertThat(settled).hasSizeGreaterThan(kills);
      assertThat(released).isNotEmpty();
      assertThat(repeated).as("calls that a kill broke").isNotEmpty();
    }
  }

  /** Kills one process or two, lets them lie a while, starts them again; says how many. */
  private int killUntilOver(RealNetwork network) {
    Random random = new Random(17);
    List<String> processes =
        new ArrayList<>(
            network.network().processes().stream().map(process -> process.name()).toList());
    long end = System.nanoTime() + LOAD.toNanos();
    int kills = 0;
    while (System.nanoTime() < end) {
      network.pass(Duration.ofMillis(1_000 + random.nextInt(4_000)));
      Collections.shuffle(processes, random);
      int victims = 1 + random.nextInt(2);
      processes.subList(0, victims).forEach(network::kill);
      kills += victims;
      network.pass(Duration.ofMillis(random.nextInt(3_000)));
      network.startAgain();
    }
    return kills;
  }

  private void work(
      TestSpace space, RealNetwork network, TestJobs jobs, Grant grant, Random random) {
    while (!over.get()) {
      Signed<Proposal> proposal = jobs.sign(jobs.proposal(Duration.ofMinutes(20), grant));
      List<Signed<Acceptance>> acceptances = jobs.acceptances(proposal);
      Reservation job = insist(() -> network.client("bank").reserve(proposal, acceptances));
      boolean gives = random.nextInt(5) == 0;
      for (String party : List.of("bank", "tax")) {
        insist(() -> {
          network
              .client(party)
              .receipt(
                  space
                      .get(party)
                      .sign(gives ? jobs.aborted(job, party) : jobs.receipt(job, party)));
          return true;
        });
      }
      if (gives) {
        var statements = jobs.statements(job);
        insist(() -> network.client("bank").release(job.jobId(), statements));
        released.add(job.jobId());
      } else {
        assertThat(insist(() -> network.client("bank").settle(job.jobId())).uses())
            .isEqualTo(job.uses());
        settled.add(job.jobId());
      }
    }
  }

  /** Repeats what may succeed later; a refusal is a failure of the test. */
  private <T> T insist(Supplier<T> call) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return call.get();
      } catch (LedgerException e) {
        boolean again = e.retryable() || NOT_SEEN_YET.contains(e.code());
        if (!again || System.nanoTime() > until) {
          throw e;
        }
        repeated.add(e.code());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(RealNetwork network, String member) {
    for (Digest job : settled) {
      assertThat(state(network, member, job)).isEqualTo(JobRecord.State.SETTLED);
    }
    for (Digest job : released) {
      assertThat(state(network, member, job)).isEqualTo(JobRecord.State.RELEASED);
    }
  }

  private static JobRecord.State state(RealNetwork network, String member, Digest job) {
    return network.client(member).job(job).orElseThrow().state();
  }
}
