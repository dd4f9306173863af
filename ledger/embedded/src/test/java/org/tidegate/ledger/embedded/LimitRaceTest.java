package org.tidegate.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.LedgerCodes;

/**
 * 64 clients try 100 times each to take a use of a grant that has 1,000: three peers, one orderer.
 */
@Tag("long")
@Timeout(900)
final class LimitRaceTest {
  private static final int LIMIT = 1_000;
  private static final int CLIENTS = 64;
  private static final int TRIES = 100;

  @TempDir Path directory;

  @Test
  void exactlyAsManyAsTheLimitSucceed() throws Exception {
    TestSpace space = new TestSpace();
    try (EmbeddedNetwork network = EmbeddedNetwork.started(space, directory)) {
      TestJobs jobs = new TestJobs(space, network);
      jobs.prepare();
      Grant grant = jobs.put(LIMIT);
      List<Callable<List<Digest>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(() -> reserve(jobs, grant));
      }
      Set<Digest> reserved = new HashSet<>();
      int successes = 0;
      try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
        for (Future<List<Digest>> future : pool.invokeAll(clients)) {
          successes += future.get().size();
          reserved.addAll(future.get());
        }
      }
      assertThat(successes).isEqualTo(LIMIT);
      assertThat(reserved).hasSize(LIMIT);
      long height = network.ledger("bank").height();
      for (String name : space.names()) {
        EmbeddedNetwork.await("level", () -> network.ledger(name).height() >= height);
        assertThat(network.client(name).freeTickets(grant.owner(), grant.id(), 1)).isEmpty();
      }
      for (Digest job : reserved) {
        assertThat(network.client("tax").job(job).orElseThrow().state())
            .isEqualTo(JobRecord.State.RESERVED);
      }
    }
  }

  private static List<Digest> reserve(TestJobs jobs, Grant grant) {
    List<Digest> reserved = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      try {
        reserved.add(jobs.reserved(jobs.proposal(grant)).jobId());
      } catch (LedgerException e) {
        assertThat(e.code()).as(e.getMessage()).isEqualTo(LedgerCodes.GRANT_EXHAUSTED);
      }
    }
    return reserved;
  }
}
