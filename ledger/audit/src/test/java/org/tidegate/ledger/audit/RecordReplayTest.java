package org.tidegate.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.contract.MemoryLedger;
import org.tidegate.ledger.contract.TestJobs;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.Frequency;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantTerms;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signatures;
import org.tidegate.ledger.records.Signed;

/** The audit recomputes standings and terms in the order of the chain, whoever endorsed. */
class RecordReplayTest {
  private final TestSpace space = new TestSpace();
  private final MemoryLedger ledger = new MemoryLedger(Optional.empty());
  private final TestJobs jobs = new TestJobs(space, ledger);

  @BeforeEach
  void begin() {
    jobs.prepare();
  }

  private List<Finding> replay(List<MemoryLedger.Recorded> recorded) {
    ContractReplay replay = new ContractReplay(TestSpace.NAME, Signatures.digest(space.root()));
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < recorded.size(); i++) {
      replay.apply(transaction(i + 1, recorded.get(i))).ifPresent(findings::add);
    }
    return findings;
  }

  private static ReplayTransaction transaction(int block, MemoryLedger.Recorded recorded) {
    KVRWSet.Builder set = KVRWSet.newBuilder();
    recorded.reads().forEach(key -> set.addReads(KVRead.newBuilder().setKey(key)));
    recorded
        .writes()
        .forEach((key, value) ->
            set.addWrites(
                KVWrite.newBuilder()
                    .setKey(key)
                    .setIsDelete(value.length == 0)
                    .setValue(ByteString.copyFrom(value))));
    return new ReplayTransaction(
        block,
        0,
        recorded.txId(),
        recorded.creator(),
        recorded.time(),
        recorded.arguments(),
        set.build(),
        recorded.answer());
  }

  private List<MemoryLedger.Recorded> after(String moved, String place) {
    List<MemoryLedger.Recorded> recorded = new ArrayList<>(ledger.recorded());
    MemoryLedger.Recorded early =
        recorded.stream().filter(tx -> function(tx).equals(moved)).findFirst().orElseThrow();
    recorded.remove(early);
    int at = 0;
    while (!function(recorded.get(at)).equals(place)) {
      at++;
    }
    recorded.add(at + 1, early);
    return recorded;
  }

  private static String function(MemoryLedger.Recorded recorded) {
    return LedgerEvent.function(recorded.arguments());
  }

  @Test
  void whatIsMovedBehindASuspensionIsNamed() {
    Grant grant = jobs.put(2);
    jobs.reserved(jobs.proposal(grant));
    jobs.rule("tax", true);
    assertThat(replay(ledger.recorded())).isEmpty();
    for (String function : List.of("reserve", "putGrant", "putProduct")) {
      assertThat(replay(after(function, "putStanding")))
          .as(function)
          .anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("contract.refused");
            assertThat(finding.message()).contains("participant.suspended");
          });
    }
  }

  @Test
  void aUseTooManyInItsWindowIsNamed() {
    Grant grant =
        jobs.grant(9).with(GrantTerms.NONE.with(new Frequency(1, Duration.ofMinutes(10))));
    jobs.put(grant);
    jobs.reserved(jobs.proposal(grant));
    ledger.pass(Duration.ofMinutes(5));
    assertThat(replay(ledger.recorded())).isEmpty();
    List<MemoryLedger.Recorded> recorded = new ArrayList<>(ledger.recorded());
    ledger.pass(Duration.ofMinutes(6));
    jobs.reserved(jobs.proposal(grant));
    MemoryLedger.Recorded late = ledger.recorded().getLast();
    assertThat(replay(ledger.recorded())).isEmpty();
    // The same transaction, dated into the window of the first.
    recorded.add(
        new MemoryLedger.Recorded(
            late.txId(),
            late.creator(),
            late.time().minus(Duration.ofMinutes(6)),
            late.arguments(),
            late.reads(),
            late.writes(),
            late.answer()));
    assertThat(replay(recorded))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code()).isEqualTo("contract.refused");
          assertThat(finding.message()).contains("grant.frequency");
        });
  }

  private Signed<DisputeStep> step(Digest jobId, int number, DisputeStep.Action action, String by) {
    boolean opens = action == DisputeStep.Action.OPEN;
    return space
        .get(by)
        .sign(
            new DisputeStep(
                jobId,
                "d-1",
                number,
                action,
                Optional.of(by),
                opens ? Optional.of("tax") : Optional.empty(),
                opens ? Optional.of("result") : Optional.empty(),
                TestJobs.digest("said"),
                ledger.now()));
  }

  @Test
  void aDisputeIsPartOfItsJobsStory() {
    Reservation job = jobs.reserved();
    Digest jobId = job.jobId();
    ledger.client("bank").dispute(step(jobId, 1, DisputeStep.Action.OPEN, "bank"));
    ledger.client("tax").dispute(step(jobId, 2, DisputeStep.Action.ANSWER, "tax"));
    ledger.client("bank").dispute(step(jobId, 3, DisputeStep.Action.SETTLE, "bank"));
    assertThat(replay(ledger.recorded())).isEmpty();
    assertThat(ledger.recorded().stream().map(tx -> LedgerEvent.jobId(tx.arguments())))
        .filteredOn(Optional.of(jobId)::equals)
        .hasSize(4);
    // The answer is left out: what follows it does not follow.
    List<MemoryLedger.Recorded> without = new ArrayList<>(ledger.recorded());
    without.remove(without.size() - 2);
    assertThat(replay(without))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code()).isEqualTo("contract.refused");
          assertThat(finding.message()).contains("dispute.state");
        });
  }
}
