package org.tidegate.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.Release;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signed;

/**
 * What every ledger must do, whatever carries it: the contract's rules as seen through the client,
 * with one refusal test each. Implementations pass the same suite: a map in memory, the embedded
 * ledger, a Fabric network. The suite stands in a chain of classes, one for each subject.
 */
public abstract class LedgerContract extends DisputeRules {
  // Receipts

  @Test
  void aReceiptIsItsPartysAndIdempotent() {
    Reservation job = jobs.reserved();
    Signed<Receipt> receipt = space.get("tax").sign(jobs.receipt(job, "tax"));
    refused(LedgerCodes.NOT_OWNER, () -> bank.receipt(receipt));
    tax.receipt(receipt);
    tax.receipt(receipt);
    Signed<Receipt> other = space.get("tax").sign(jobs.aborted(job, "tax"));
    refused(LedgerCodes.EXISTS, () -> tax.receipt(other));
    assertThat(bank.job(job.jobId()).orElseThrow().receipts()).containsExactly(receipt);
  }

  @Test
  void aReceiptOfNoPartyIsRefused() {
    Reservation job = jobs.reserved();
    Receipt stranger = jobs.aborted(job, "trade");
    refused(LedgerCodes.NOT_PARTY, () -> trade.receipt(space.get("trade").sign(stranger)));
  }

  @Test
  void aReceiptSignedBySomebodyElseIsRefused() {
    Reservation job = jobs.reserved();
    Receipt receipt = jobs.receipt(job, "tax");
    refused(LedgerCodes.SIGNATURE, () -> tax.receipt(space.get("bank").sign(receipt)));
  }

  @Test
  void aReceiptOfAnotherPlanIsRefused() {
    Reservation job = jobs.reserved();
    Receipt honest = jobs.aborted(job, "tax");
    Receipt other =
        new Receipt(
            honest.jobId(),
            "tax",
            honest.role(),
            honest.outcome(),
            TestJobs.digest("another plan"),
            honest.method(),
            honest.inputCommitments(),
            honest.transcripts(),
            honest.outputDigest(),
            false,
            honest.at());
    refused(LedgerCodes.PLAN_MISMATCH, () -> jobs.write(other));
  }

  @Test
  void aReceiptOfOtherInputsIsRefused() {
    Reservation job = jobs.reserved();
    Receipt honest = jobs.aborted(job, "tax");
    Receipt other =
        new Receipt(
            honest.jobId(),
            "tax",
            honest.role(),
            honest.outcome(),
            honest.planDigest(),
            honest.method(),
            List.of(TestJobs.digest("other inputs")),
            honest.transcripts(),
            honest.outputDigest(),
            false,
            honest.at());
    refused(LedgerCodes.RECEIPT_MISMATCH, () -> jobs.write(other));
  }

  @Test
  void aReceiptOfAJobThatIsNotReservedIsRefused() {
    Reservation never = jobs.reservation(jobs.sign(jobs.proposal(jobs.grant(1))), 1);
    refused(LedgerCodes.NOT_FOUND, () -> jobs.write(jobs.receipt(never, "tax")));
  }

  // Settling

  @Test
  void agreeingReceiptsSettle() {
    Reservation job = jobs.reserved();
    jobs.write(jobs.receipt(job, "tax"));
    refused(LedgerCodes.RECEIPTS_MISSING, () -> bank.settle(job.jobId()));
    jobs.write(jobs.receipt(job, "bank"));
    refused(LedgerCodes.NOT_PARTY, () -> trade.settle(job.jobId()));
    Settlement settlement = bank.settle(job.jobId());
    ledger.level();
    assertThat(settlement.basis()).isEqualTo(Settlement.Basis.AGREED);
    assertThat(settlement.uses()).isEqualTo(job.uses());
    assertThat(tax.settle(job.jobId())).isEqualTo(settlement);
    assertThat(tax.job(job.jobId()).orElseThrow().state()).isEqualTo(JobRecord.State.SETTLED);
    refused(LedgerCodes.SETTLED, () -> bank.reserve(job.proposal(), job.acceptances()));
  }

  @Test
  void contradictingReceiptsDoNotSettle() {
    Reservation job = jobs.reserved();
    jobs.write(jobs.receipt(job, "tax"));
    jobs.write(jobs.aborted(job, "bank"));
    refused(LedgerCodes.RECEIPTS_DISAGREE, () -> tax.settle(job.jobId()));
  }

  @Test
  void anExpiredJobSettlesWithWhatIsThere() {
    Reservation job = jobs.reserved(jobs.proposal(SOON, jobs.put(2)));
    jobs.write(jobs.receipt(job, "tax"));
    ledger.pass(SOON.plusMillis(100));
    Settlement settlement = tax.settle(job.jobId());
    assertThat(settlement.basis()).isEqualTo(Settlement.Basis.EXPIRED);
    assertThat(settlement.receipts()).containsExactly("tax");
    jobs.write(jobs.receipt(job, "bank"));
    assertThat(bank.job(job.jobId()).orElseThrow().receipts()).hasSize(2);
  }

  // Releasing

  @Test
  void everybodysWordGivesTheUsesBack() {
    Grant grant = jobs.put(1);
    Reservation job = jobs.reserved(jobs.proposal(grant));
    jobs.write(jobs.aborted(job, "tax"));
    assertThat(bank.freeTickets(grant.owner(), grant.id(), 1)).isEmpty();
    Release release = bank.release(job.jobId(), jobs.statements(job));
    ledger.level();
    assertThat(tax.release(job.jobId(), jobs.statements(job))).isEqualTo(release);
    assertThat(bank.freeTickets(grant.owner(), grant.id(), 1)).containsExactly(1);
    assertThat(bank.job(job.jobId()).orElseThrow().state()).isEqualTo(JobRecord.State.RELEASED);
    refused(LedgerCodes.RELEASED, () -> bank.settle(job.jobId()));
    refused(LedgerCodes.RELEASED, () -> bank.reserve(job.proposal(), job.acceptances()));
    refused(LedgerCodes.RELEASED, () -> jobs.write(jobs.receipt(job, "bank")));
    jobs.reserved(jobs.proposal(grant));
  }

  @Test
  void aMissingStatementIsRefused() {
    Reservation job = jobs.reserved();
    refused(
        LedgerCodes.STATEMENT_MISSING,
        () -> bank.release(job.jobId(), jobs.statements(job).subList(0, 1)));
  }

  @Test
  void aStatementSignedBySomebodyElseIsRefused() {
    Reservation job = jobs.reserved();
    refused(
        LedgerCodes.SIGNATURE,
        () ->
            bank.release(
                job.jobId(),
                List.of(
                    jobs.statements(job).getFirst(),
                    space.get("bank").sign(jobs.statement(job, "tax")))));
  }

  @Test
  void aStatementOfAnotherJobIsRefused() {
    Reservation job = jobs.reserved();
    Reservation other = jobs.reserved();
    refused(LedgerCodes.STATEMENT_MISSING, () -> bank.release(job.jobId(), jobs.statements(other)));
  }

  @Test
  void aJobThatRevealedIsNotReleased() {
    Reservation job = jobs.reserved();
    jobs.write(jobs.receipt(job, "tax"));
    refused(LedgerCodes.REVEALED, () -> bank.release(job.jobId(), jobs.statements(job)));
  }

  @Test
  void aSettledJobIsNotReleased() {
    Reservation job = jobs.reserved(jobs.proposal(SOON, jobs.put(2)));
    ledger.pass(SOON.plusMillis(100));
    bank.settle(job.jobId());
    refused(LedgerCodes.SETTLED, () -> bank.release(job.jobId(), jobs.statements(job)));
  }

  @Test
  void aReleaseByNoPartyIsRefused() {
    Reservation job = jobs.reserved();
    refused(LedgerCodes.NOT_PARTY, () -> trade.release(job.jobId(), jobs.statements(job)));
  }

  // Arguments nobody should send

  @Test
  void anUnknownFunctionIsRefused() {
    refused(
        LedgerCodes.BAD_REQUEST,
        () ->
            bank.submit(
                "mint", org.tidegate.ledger.records.JsonObject.empty(), Set.of("bank"), true));
  }

  @Test
  void malformedArgumentsAreRefused() {
    refused(
        LedgerCodes.BAD_REQUEST,
        () ->
            bank.submit(
                "settle",
                org.tidegate.ledger.records.JsonObject.builder().put("jobId", "42").build(),
                Set.of("bank"),
                true));
  }
}
