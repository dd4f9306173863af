package org.tidegate.ledger.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JobEnd;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Outcome;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.ReceiptAgreement;
import org.tidegate.ledger.records.Release;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Transcript;
import org.tidegate.ledger.records.Use;

/** After the reservation: receipts, then settlement (the uses count) or release (they do not). */
final class JobFunctions {
  void addTo(TidegateContract contract) {
    contract.add("receipt", JobFunctions::receipt);
    contract.add("settle", JobFunctions::settle);
    contract.add("release", JobFunctions::release);
    contract.addQuery("getJob", JobFunctions::getJob);
    contract.addQuery("listJobs", JobFunctions::listJobs);
  }

  private static JsonObject receipt(Call call, JsonObject request) {
    Signed<Receipt> signed = Receipt.signedFromJson(request);
    Receipt receipt = signed.body();
    if (!call.caller().equals(receipt.participant())) {
      throw new Refusal(
          LedgerCodes.NOT_OWNER,
          "the receipt is of '"
              + receipt.participant()
              + "'; '"
              + call.caller()
              + "' may not write it");
    }
    Reservation reservation = requireJob(call, receipt.jobId());
    checkReceipt(call, reservation, signed);
    String key = Keys.receipt(receipt.jobId(), receipt.participant());
    Optional<JsonObject> present = call.get(key);
    if (present.isPresent()) {
      if (!present.get().equals(signed.toJson())) {
        throw new Refusal(
            LedgerCodes.EXISTS,
            "'" + receipt.participant() + "' has written another receipt of this job");
      }
      return JsonObject.empty();
    }
    Optional<JobEnd> end = end(call, receipt.jobId());
    if (end.isPresent() && end.get() instanceof Release && revealed(receipt)) {
      throw new Refusal(
          LedgerCodes.RELEASED,
          "the job was released on everybody's word that nothing was revealed; this receipt says"
              + " otherwise");
    }
    call.put(key, signed);
    return JsonObject.empty();
  }

  private static void checkReceipt(Call call, Reservation reservation, Signed<Receipt> signed) {
    Receipt receipt = signed.body();
    Proposal proposal = reservation.proposal().body();
    requireParty(call, proposal);
    call.requireSigned("the receipt", receipt.participant(), signed);
    if (!receipt.planDigest().equals(reservation.planDigest())) {
      throw new Refusal(
          LedgerCodes.PLAN_MISMATCH,
          "the receipt is of plan "
              + receipt.planDigest()
              + ", the job is of "
              + reservation.planDigest());
    }
    boolean sameInputs =
        reservation
            .acceptance(receipt.participant())
            .map(acceptance -> acceptance.inputCommitments().equals(receipt.inputCommitments()))
            .orElse(false);
    if (!sameInputs) {
      throw new Refusal(
          LedgerCodes.RECEIPT_MISMATCH,
          "the receipt's input commitments are not those of the acceptance");
    }
    for (Transcript transcript : receipt.transcripts()) {
      if (!proposal.participants().contains(transcript.peer())
          || transcript.peer().equals(receipt.participant())) {
        throw new Refusal(
            LedgerCodes.RECEIPT_MISMATCH,
            "the receipt has a transcript with '" + transcript.peer() + "', no other party");
      }
    }
    boolean mustHaveOutput =
        receipt.participant().equals(proposal.recipient())
            && receipt.outcome() == Outcome.COMPLETED;
    if (receipt.outputDigest().isPresent() != mustHaveOutput) {
      throw new Refusal(
          LedgerCodes.RECEIPT_MISMATCH,
          "outputDigest stands in the receipt of the recipient of a completed job, and only there");
    }
  }

  private static JsonObject settle(Call call, JsonObject request) {
    request.allowOnly("jobId");
    Digest jobId = request.digest("jobId");
    Reservation reservation = requireJob(call, jobId);
    requireParty(call, reservation.proposal().body());
    Optional<JobEnd> end = end(call, jobId);
    if (end.isPresent()) {
      if (end.get() instanceof Settlement settlement) {
        return settlement.toJson();
      }
      throw new Refusal(LedgerCodes.RELEASED, "the job was released; there is nothing to settle");
    }
    List<Signed<Receipt>> receipts = receipts(call, reservation);
    Settlement settlement =
        new Settlement(
            jobId,
            basis(call, reservation, receipts),
            call.caller(),
            receipts.stream().map(signed -> signed.body().participant()).toList(),
            reservation.uses(),
            call.time());
    call.put(Keys.end(jobId), settlement);
    return settlement.toJson();
  }

  private static Settlement.Basis basis(
      Call call, Reservation reservation, List<Signed<Receipt>> receipts) {
    List<Receipt> bodies = receipts.stream().map(Signed::body).toList();
    List<String> parties = reservation.proposal().body().participants();
    Optional<String> disagreement = ReceiptAgreement.disagreement(bodies);
    if (bodies.size() == parties.size() && disagreement.isEmpty()) {
      return Settlement.Basis.AGREED;
    }
    if (call.time().isAfter(reservation.expires())) {
      return Settlement.Basis.EXPIRED;
    }
    String until = "; any party can settle after the job's expiry at " + reservation.expires();
    if (bodies.size() < parties.size()) {
      List<String> missing = new ArrayList<>(parties);
      missing.removeAll(bodies.stream().map(Receipt::participant).toList());
      throw new Refusal(
          LedgerCodes.RECEIPTS_MISSING, "the receipts of " + missing + " are missing" + until);
    }
    throw new Refusal(LedgerCodes.RECEIPTS_DISAGREE, disagreement.orElse("") + until);
  }

  private static JsonObject release(Call call, JsonObject request) {
    request.allowOnly("jobId", "statements");
    Digest jobId = request.digest("jobId");
    Release release =
        new Release(
            jobId,
            call.caller(),
            request.objects("statements", ReleaseStatement::signedFromJson),
            call.time());
    Reservation reservation = requireJob(call, jobId);
    requireParty(call, reservation.proposal().body());
    Optional<JobEnd> end = end(call, jobId);
    if (end.isPresent()) {
      if (end.get() instanceof Release present) {
        return present.toJson();
      }
      throw new Refusal(LedgerCodes.SETTLED, "the job is settled; its uses count");
    }
    for (Signed<Receipt> receipt : receipts(call, reservation)) {
      if (revealed(receipt.body())) {
        throw new Refusal(
            LedgerCodes.REVEALED,
            "the receipt of '"
                + receipt.body().participant()
                + "' says that the job revealed; its uses count");
      }
    }
    checkStatements(call, reservation, release);
    for (Use use : reservation.uses()) {
      call.delete(Keys.ticket(use.owner(), use.grant(), use.ticket()));
      FrequencyRule.giveBack(call, jobId, use);
      BudgetRule.giveBack(call, use);
    }
    call.put(Keys.end(jobId), release);
    return release.toJson();
  }

  private static void checkStatements(Call call, Reservation reservation, Release release) {
    List<String> parties = reservation.proposal().body().participants();
    List<String> stated =
        release.statements().stream().map(signed -> signed.body().participant()).toList();
    List<String> missing = new ArrayList<>(parties);
    missing.removeAll(stated);
    if (!missing.isEmpty()) {
      throw new Refusal(
          LedgerCodes.STATEMENT_MISSING,
          "the statements of " + missing + " that they revealed nothing are missing");
    }
    for (Signed<ReleaseStatement> signed : release.statements()) {
      String name = signed.body().participant();
      if (!parties.contains(name)) {
        throw new Refusal(
            LedgerCodes.BAD_REQUEST, "'" + name + "' stated but is not a party of the job");
      }
      if (!signed.body().jobId().equals(release.jobId())) {
        throw new Refusal(
            LedgerCodes.STATEMENT_MISSING, "the statement of '" + name + "' is of another job");
      }
      call.requireSigned("the statement of '" + name + "'", name, signed);
    }
  }

  private static boolean revealed(Receipt receipt) {
    return receipt.revealSent() || receipt.outcome() == Outcome.COMPLETED;
  }

  private static JsonObject getJob(Call call, JsonObject request) {
    request.allowOnly("jobId");
    Digest jobId = request.digest("jobId");
    return Answers.optional(
        call.get(Keys.job(jobId))
            .map(Reservation::fromJson)
            .map(reservation ->
                new JobRecord(reservation, receipts(call, reservation), end(call, jobId))
                    .toJson()));
  }

  /**
   * Ids only: a reservation carries signatures of every party, and a page of them would be large.
   */
  private static JsonObject listJobs(Call call, JsonObject request) {
    JsonObject page = Answers.page(call, Keys.JOB, request);
    List<JsonObject> ids =
        page.objects(
            "entries",
            entry ->
                JsonObject.builder().put("jobId", Reservation.fromJson(entry).jobId()).build());
    return JsonObject.builder().put("entries", ids).put("next", page.string("next")).build();
  }

  /** The job's reservation, which must be there. */
  static Reservation requireJob(Call call, Digest jobId) {
    return call.get(Keys.job(jobId))
        .map(Reservation::fromJson)
        .orElseThrow(
            () -> new Refusal(LedgerCodes.NOT_FOUND, "there is no reservation of job " + jobId));
  }

  private static void requireParty(Call call, Proposal proposal) {
    if (!proposal.participants().contains(call.caller())) {
      throw new Refusal(
          LedgerCodes.NOT_PARTY,
          "'" + call.caller() + "' is no party of the job; they are " + proposal.participants());
    }
  }

  private static Optional<JobEnd> end(Call call, Digest jobId) {
    return call.get(Keys.end(jobId)).map(JobEnd::fromJson);
  }

  private static List<Signed<Receipt>> receipts(Call call, Reservation reservation) {
    List<Signed<Receipt>> receipts = new ArrayList<>();
    for (String participant : reservation.proposal().body().participants()) {
      call.get(Keys.receipt(reservation.jobId(), participant))
          .map(Receipt::signedFromJson)
          .ifPresent(receipts::add);
    }
    return receipts;
  }
}
