package org.tidegate.connector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidegate.connector.job.JobState.ABORTING;
import static org.tidegate.connector.job.JobState.ACCEPTED;
import static org.tidegate.connector.job.JobState.PROPOSED;
import static org.tidegate.connector.job.JobState.RELEASED;
import static org.tidegate.connector.job.JobState.RESERVED;
import static org.tidegate.connector.job.JobState.REVEALED;
import static org.tidegate.connector.job.JobState.REVEALING;
import static org.tidegate.connector.job.JobState.RUNNING;
import static org.tidegate.connector.job.JobState.SETTLED;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidegate.connector.job.JobOutcome;
import org.tidegate.connector.job.JobRole;
import org.tidegate.connector.job.JobState;
import org.tidegate.connector.job.JobStore;
import org.tidegate.connector.job.JobStore.Document;
import org.tidegate.connector.job.JobStore.Kind;
import org.tidegate.ledger.records.Digest;

/** What every engine must do. */
abstract class StoreContract {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final Digest JOB =
      Digest.of("job".getBytes(java.nio.charset.StandardCharsets.UTF_8));

  private NodeDatabase database;
  private JobStore jobs;

  /** Opens the same database each time. */
  abstract NodeDatabase open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    database = open();
    jobs = new DatabaseJobStore(database, InstantSource.fixed(NOW));
  }

  @AfterEach
  void closeStore() {
    database.close();
  }

  private void reopen() throws Exception {
    closeStore();
    openStore();
  }

  @Test
  void keepsAJobItsHistoryAndDocumentsAcrossReopening() throws Exception {
    assertThat(propose(JOB)).isTrue();
    assertThat(
            jobs.move(
                JOB,
                Set.of(PROPOSED),
                ACCEPTED,
                List.of(new Document(Kind.ACCEPTANCE, "bank", "{\"a\":\"ü\"}"))))
        .isTrue();
    reopen();
    JobStore.Entry entry = jobs.find(JOB).orElseThrow();
    assertThat(entry)
        .isEqualTo(
            new JobStore.Entry(
                JOB,
                JobRole.OWNER,
                ACCEPTED,
                java.util.Optional.empty(),
                NOW.plusSeconds(60),
                NOW));
    assertThat(jobs.history(JOB))
        .extracting(JobStore.Change::state)
        .containsExactly(PROPOSED, ACCEPTED);
    assertThat(jobs.document(JOB, Kind.ACCEPTANCE, "bank")).contains("{\"a\":\"ü\"}");
    assertThat(jobs.document(JOB, Kind.ACCEPTANCE, "tax")).isEmpty();
    assertThat(jobs.document(JOB, Kind.PROPOSAL, "")).contains("{}");
  }

  @Test
  void proposingTwiceChangesNothing() {
    assertThat(propose(JOB)).isTrue();
    jobs.move(JOB, Set.of(PROPOSED), ACCEPTED, List.of());
    assertThat(propose(JOB)).isFalse();
    assertThat(jobs.find(JOB).orElseThrow().state()).isEqualTo(ACCEPTED);
    assertThat(jobs.history(JOB)).hasSize(2);
  }

  @Test
  void onlyTheTablesTransitionsAreWritten() {
    propose(JOB);
    for (JobState from : JobState.values()) {
      for (JobState to : JobState.values()) {
        if (!from.mayBecome(to)) {
          assertThatThrownBy(() -> jobs.move(JOB, Set.of(from), to, List.of()))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("no job goes from " + from + " to " + to);
        }
      }
    }
    assertThat(jobs.history(JOB)).hasSize(1);
  }

  @Test
  void aMoveFromElsewhereIsNotMadeAndLeavesNothingBehind() {
    propose(JOB);
    assertThat(
            jobs.move(
                JOB,
                Set.of(ACCEPTED, RESERVED),
                ABORTING,
                List.of(new Document(Kind.RECEIPT, "", "{}"))))
        .isFalse();
    assertThat(jobs.document(JOB, Kind.RECEIPT, "")).isEmpty();
    assertThat(jobs.find(JOB).orElseThrow().state()).isEqualTo(PROPOSED);
  }

  @Test
  void revealingIsJournaledWithTheTransition() throws Exception {
    walk(JOB, ACCEPTED, RESERVED, RUNNING);
    assertThat(jobs.revealJournaled(JOB)).isFalse();
    assertThat(jobs.move(JOB, Set.of(RUNNING), REVEALING, List.of())).isTrue();
    reopen();
    assertThat(jobs.revealJournaled(JOB)).isTrue();
    assertThat(jobs.find(JOB).orElseThrow().state()).isEqualTo(REVEALING);
  }

  @Test
  void ofAbortAndRevealAtTheSameTimeExactlyOneWins() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 10; round++) {
        Digest job = Digest.of(new byte[] {(byte) round});
        walk(job, ACCEPTED, RESERVED, RUNNING);
        List<Callable<Boolean>> tries =
            IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(i ->
                    () ->
                        jobs.move(
                            job, Set.of(RUNNING), i % 2 == 0 ? REVEALING : ABORTING, List.of()))
                .toList();
        int won = 0;
        for (Future<Boolean> attempt : pool.invokeAll(tries)) {
          won += attempt.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
        assertThat(jobs.history(job)).hasSize(5);
        assertThat(jobs.revealJournaled(job))
            .isEqualTo(jobs.find(job).orElseThrow().state() == REVEALING);
      }
    }
  }

  @Test
  void theFirstOutcomeStays() {
    propose(JOB);
    JobOutcome first =
        new JobOutcome(org.tidegate.ledger.records.Outcome.REFUSED, "sql.type", 3, 7, "no");
    jobs.outcome(JOB, first);
    jobs.outcome(JOB, JobOutcome.aborted("peer.unreachable", "later"));
    assertThat(jobs.find(JOB).orElseThrow().outcome()).contains(first);
  }

  @Test
  void aDocumentIsWrittenOnce() {
    propose(JOB);
    jobs.keep(JOB, new Document(Kind.RESULT, "", "1"));
    jobs.keep(JOB, new Document(Kind.RESULT, "", "2"));
    assertThat(jobs.document(JOB, Kind.RESULT, "")).contains("1");
  }

  @Test
  void unfinishedAreThoseInNoFinalState() {
    Digest open = Digest.of(new byte[] {1});
    Digest settled = Digest.of(new byte[] {2});
    Digest released = Digest.of(new byte[] {3});
    propose(open);
    walk(settled, ACCEPTED, RESERVED, RUNNING, REVEALING, REVEALED, SETTLED);
    walk(released, ABORTING, RELEASED);
    assertThat(jobs.unfinished()).extracting(JobStore.Entry::jobId).containsExactly(open);
    assertThat(jobs.latest(2)).hasSize(2);
  }

  @Test
  void productsAndGrantsKeepTheirVersions() {
    DocumentTables tables = new DocumentTables(database, InstantSource.fixed(NOW));
    DocumentTables.ProductText one = new DocumentTables.ProductText("bank", "loans", 1, JOB, "{}");
    DocumentTables.ProductText two =
        new DocumentTables.ProductText("bank", "loans", 2, JOB, "{\"v\":2}");
    tables.keepProduct(one);
    tables.keepProduct(two);
    tables.keepProduct(new DocumentTables.ProductText("bank", "loans", 2, JOB, "other"));
    assertThat(tables.product("bank", "loans", 1)).contains(one);
    assertThat(tables.productsOf("bank")).containsExactly(two);
    tables.keepGrant("g1", JOB, "terms");
    tables.keepGrant("g1", JOB, "others");
    assertThat(tables.grant("g1")).contains("terms");
    assertThat(tables.grant("g2")).isEmpty();
  }

  private boolean propose(Digest job) {
    return jobs.propose(
        job, JobRole.OWNER, NOW.plusSeconds(60), List.of(new Document(Kind.PROPOSAL, "", "{}")));
  }

  private void walk(Digest job, JobState... states) {
    propose(job);
    JobState at = PROPOSED;
    for (JobState next : states) {
      assertThat(jobs.move(job, Set.of(at), next, List.of())).isTrue();
      at = next;
    }
  }
}
