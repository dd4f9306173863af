package org.tidegate.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signatures;

/** Lies that every endorser signed: nothing but running the rules again shows them. */
class ContractReplayTest {
  private final TestSpace space = new TestSpace();
  private final MemoryLedger ledger = new MemoryLedger(Optional.empty());
  private final TestJobs jobs = new TestJobs(space, ledger);
  private final ContractReplay replay =
      new ContractReplay(TestSpace.NAME, Signatures.digest(space.root()));
  private final JobIndex index = new JobIndex();
  private final List<LedgerEvent> events = new ArrayList<>();
  private Reservation settled;
  private Reservation expired;
  private Reservation released;

  @BeforeEach
  void runJobs() {
    jobs.prepare();
    Grant grant = jobs.put(4);
    settled = jobs.reserved(jobs.proposal(grant));
    jobs.write(jobs.receipt(settled, "tax"));
    jobs.write(jobs.receipt(settled, "bank"));
    ledger.client("bank").settle(settled.jobId());
    released = jobs.reserved(jobs.proposal(grant));
    ledger.client("tax").release(released.jobId(), jobs.statements(released));
    expired = jobs.reserved(jobs.proposal(Duration.ofMinutes(1), grant));
    jobs.write(jobs.receipt(expired, "tax"));
    ledger.pass(Duration.ofMinutes(2));
    ledger.client("tax").settle(expired.jobId());
  }

  private static ReplayTransaction transaction(int block, MemoryLedger.Recorded recorded) {
    return transaction(block, recorded, recorded.writes());
  }

  private static ReplayTransaction transaction(
      int block, MemoryLedger.Recorded recorded, Map<String, byte[]> writes) {
    KVRWSet.Builder set = KVRWSet.newBuilder();
    recorded.reads().forEach(key -> set.addReads(KVRead.newBuilder().setKey(key)));
    writes.forEach((key, value) ->
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

  private Optional<Finding> apply(ReplayTransaction tx) {
    tx.event()
        .ifPresent(event -> {
          events.add(event);
          index.add(event);
        });
    return replay.apply(tx);
  }

  private JobChecks checks() {
    return new JobChecks(replay.state(), index, ledger.now());
  }

  private List<Finding> replayAll(List<MemoryLedger.Recorded> recorded) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < recorded.size(); i++) {
      apply(transaction(i + 1, recorded.get(i))).ifPresent(findings::add);
    }
    return findings;
  }

  private int indexOf(String function, Digest jobId) {
    List<MemoryLedger.Recorded> recorded = ledger.recorded();
    for (int i = 0; i < recorded.size(); i++) {
      List<byte[]> arguments = recorded.get(i).arguments();
      if (LedgerEvent.function(arguments).equals(function)
          && LedgerEvent.jobId(arguments).equals(Optional.of(jobId))) {
        return i;
      }
    }
    throw new AssertionError(function);
  }

  @Test
  void anHonestLedgerReplays() {
    assertThat(replayAll(ledger.recorded())).isEmpty();
    JobChecks checks = checks();
    assertThat(checks.balances())
        .containsExactly(new GrantBalance("tax", settled.uses().getFirst().grant(), 4, 0, 2, 1));
  }

  @Test
  void aReceiptThatIsMissingIsNamed() {
    replayAll(ledger.recorded());
    List<Finding> findings = checks().findings();
    assertThat(findings).hasSize(1);
    Finding finding = findings.getFirst();
    assertThat(finding.code()).isEqualTo("receipt.missing");
    assertThat(finding.message()).contains("'bank'");
    assertThat(finding.jobId()).contains(expired.jobId());
    assertThat(finding.block()).isEqualTo(indexOf("reserve", expired.jobId()) + 1);
  }

  @Test
  void aSettlementWithoutReservationIsNamed() {
    List<MemoryLedger.Recorded> recorded = new ArrayList<>(ledger.recorded());
    recorded.remove(indexOf("reserve", settled.jobId()));
    assertThat(replayAll(recorded))
        .extracting(Finding::code)
        .isNotEmpty()
        .allMatch(code -> code.startsWith("contract."));
  }

  @Test
  void aReservationPutAgainAfterSettlementIsNamed() {
    List<MemoryLedger.Recorded> recorded = new ArrayList<>(ledger.recorded());
    recorded.add(recorded.get(indexOf("reserve", settled.jobId())));
    List<Finding> findings = replayAll(recorded);
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().code()).isEqualTo("contract.refused");
    assertThat(findings.getFirst().block()).isEqualTo(recorded.size());
    assertThat(findings.getFirst().jobId()).contains(settled.jobId());
  }

  @Test
  void writesThatTheRulesDoNotMakeAreNamed() {
    List<MemoryLedger.Recorded> recorded = ledger.recorded();
    int reserve = indexOf("reserve", settled.jobId());
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < recorded.size(); i++) {
      Map<String, byte[]> writes = new java.util.TreeMap<>(recorded.get(i).writes());
      if (i == reserve) {
        // All endorsers together forget the ticket.
        writes.keySet().removeIf(key -> key.startsWith("ticket~"));
      }
      apply(transaction(i + 1, recorded.get(i), writes)).ifPresent(findings::add);
    }
    assertThat(findings.getFirst().code()).isEqualTo("contract.writes");
    assertThat(findings.getFirst().block()).isEqualTo(reserve + 1);
  }

  @Test
  void garbageInTheStateDoesNotStopTheAudit() {
    List<MemoryLedger.Recorded> recorded = ledger.recorded();
    int reserve = indexOf("reserve", settled.jobId());
    for (int i = 0; i < recorded.size(); i++) {
      Map<String, byte[]> writes = new java.util.TreeMap<>(recorded.get(i).writes());
      if (i == reserve) {
        writes.replaceAll((key, value) -> "garbage".getBytes(StandardCharsets.UTF_8));
      }
      apply(transaction(i + 1, recorded.get(i), writes));
    }
    JobChecks checks = checks();
    assertThat(checks.findings()).isNotNull();
    assertThat(checks.balances()).hasSize(1);
  }

  @Test
  void theStoryOfAJobNamesPartiesGrantsAndEnd() {
    replayAll(ledger.recorded());
    String story = AuditStory.tell(settled.jobId(), replay.state(), events).orElseThrow();
    assertThat(story)
        .contains(settled.jobId().text())
        .contains("proposed by bank")
        .contains("accepted by tax")
        .contains("takes use " + settled.uses().getFirst().ticket() + " of grant '")
        .contains("tax (valueOwner) writes its receipt: completed, revealing frame sent")
        .contains("all receipts agree");
    assertThat(AuditStory.tell(TestJobs.digest("no job"), replay.state(), events)).isEmpty();
  }
}
