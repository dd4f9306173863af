package org.tidegate.ledger.contract;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JobEnd;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Release;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Use;

/**
 * Takes one use of every grant a job needs: all or none, in one transaction. Only the proposal's
 * signer reserves, every participant must have accepted this plan, and every grant must allow it
 * now.
 */
final class ReserveFunction {
  void addTo(TidegateContract contract) {
    contract.add("reserve", ReserveFunction::reserve);
  }

  private static JsonObject reserve(Call call, JsonObject request) {
    Reservation reservation = Reservation.fromJson(request);
    Digest jobId = reservation.jobId();
    Signed<Proposal> proposal = reservation.proposal();
    checkProposal(call, proposal);
    Optional<Reservation> present = call.get(Keys.job(jobId)).map(Reservation::fromJson);
    if (present.isPresent()) {
      return repeated(call, present.get(), reservation);
    }
    Instant expires = reservation.expires();
    if (call.time().isAfter(expires)) {
      throw new Refusal(
          LedgerCodes.PROPOSAL_EXPIRED, "the proposal expired at " + expires + "; propose again");
    }
    call.requireActive("the proposal", proposal.body().proposer());
    checkAcceptances(call, reservation);
    checkUses(proposal.body(), reservation.uses());
    for (int i = 0; i < reservation.uses().size(); i++) {
      Use use = reservation.uses().get(i);
      takeTicket(call, jobId, proposal.body(), proposal.body().needs().get(i), use);
    }
    call.put(Keys.job(jobId), reservation);
    return reservation.toJson();
  }

  /** The same request again is answered with what stands; the tickets may differ. */
  private static JsonObject repeated(Call call, Reservation present, Reservation repeated) {
    Optional<JobEnd> end = call.get(Keys.end(present.jobId())).map(JobEnd::fromJson);
    if (end.isPresent()) {
      throw switch (end.get()) {
        case Settlement settlement ->
            new Refusal(
                LedgerCodes.SETTLED,
                "the job was settled at " + settlement.at() + "; propose anew");
        case Release release ->
            new Refusal(
                LedgerCodes.RELEASED, "the job was released at " + release.at() + "; propose anew");
      };
    }
    if (!present.sameRequest(repeated)) {
      throw new Refusal(
          LedgerCodes.EXISTS,
          "job " + present.jobId() + " is reserved with other grants or acceptances");
    }
    return present.toJson();
  }

  private static void checkProposal(Call call, Signed<Proposal> signed) {
    Proposal proposal = signed.body();
    if (!proposal.space().equals(call.space())) {
      throw new Refusal(
          LedgerCodes.SPACE,
          "the proposal is for space '" + proposal.space() + "', this is '" + call.space() + "'");
    }
    if (!proposal.proposer().equals(call.caller())) {
      throw new Refusal(
          LedgerCodes.NOT_PROPOSER,
          "the proposal is by '"
              + proposal.proposer()
              + "'; only its signer reserves, not '"
              + call.caller()
              + "'");
    }
    call.requireSigned("the proposal", proposal.proposer(), signed);
  }

  private static void checkAcceptances(Call call, Reservation reservation) {
    List<String> participants = reservation.proposal().body().participants();
    for (Signed<Acceptance> signed : reservation.acceptances()) {
      String name = signed.body().participant();
      if (!participants.contains(name)) {
        throw new Refusal(
            LedgerCodes.BAD_REQUEST, "'" + name + "' accepted but is not a participant of the job");
      }
      checkAcceptance(call, reservation, signed);
    }
    for (String name : participants) {
      if (reservation.acceptance(name).isEmpty()) {
        throw new Refusal(
            LedgerCodes.ACCEPTANCE_MISSING, "the acceptance of '" + name + "' is missing");
      }
    }
  }

  private static void checkAcceptance(
      Call call, Reservation reservation, Signed<Acceptance> signed) {
    Acceptance acceptance = signed.body();
    String what = "the acceptance of '" + acceptance.participant() + "'";
    if (!acceptance.planDigest().equals(reservation.planDigest())) {
      throw new Refusal(
          LedgerCodes.PLAN_MISMATCH,
          what
              + " is for plan "
              + acceptance.planDigest()
              + ", the proposal is for "
              + reservation.planDigest());
    }
    if (!acceptance.jobId().equals(reservation.jobId())) {
      throw new Refusal(
          LedgerCodes.ACCEPTANCE_MISSING, what + " is for another job, " + acceptance.jobId());
    }
    call.requireSigned(what, acceptance.participant(), signed);
    call.requireActive(what, acceptance.participant());
    if (call.time().isAfter(acceptance.expires())) {
      throw new Refusal(LedgerCodes.PROPOSAL_EXPIRED, what + " expired at " + acceptance.expires());
    }
  }

  private static void checkUses(Proposal proposal, List<Use> uses) {
    List<String> named = uses.stream().map(Use::key).toList();
    List<String> needed = proposal.needs().stream().map(GrantNeed::key).toList();
    if (!named.equals(needed)) {
      throw new Refusal(
          LedgerCodes.BAD_REQUEST, "the proposal needs the grants " + needed + ", not " + named);
    }
  }

  private static void takeTicket(
      Call call, Digest jobId, Proposal proposal, GrantNeed need, Use use) {
    GrantState state = GrantFunctions.requireGrant(call, need.owner(), need.grant());
    checkGrant(call.time(), proposal, need, state);
    Grant grant = state.grant();
    GradeFunctions.check(
        call,
        "grant '" + grant.id() + "' of '" + grant.owner() + "'",
        grant,
        state.grades(),
        need.columns(),
        Optional.of(proposal.security().orElse("semi-honest")));
    if (use.ticket() > grant.count()) {
      throw new Refusal(
          LedgerCodes.GRANT_EXHAUSTED,
          "grant '"
              + grant.id()
              + "' has "
              + grant.count()
              + " uses; there is no ticket "
              + use.ticket());
    }
    String key = Keys.ticket(grant.owner(), grant.id(), use.ticket());
    if (call.has(key)) {
      if (TicketFunctions.free(call, grant, use.ticket(), 1).isEmpty()) {
        throw new Refusal(
            LedgerCodes.GRANT_EXHAUSTED,
            (grant.count() == 1 ? "the one use" : "all " + grant.count() + " uses")
                + " of grant '"
                + grant.id()
                + (grant.count() == 1 ? "' is taken" : "' are taken"));
      }
      throw new Refusal(
          LedgerCodes.GRANT_TICKET,
          "ticket " + use.ticket() + " of grant '" + grant.id() + "' is taken; others are free");
    }
    FrequencyRule.take(call, jobId, grant, use);
    BudgetRule.take(call, jobId, grant, need, use);
    call.put(key, JsonObject.builder().put("jobId", jobId).build());
  }

  private static void checkGrant(Instant now, Proposal proposal, GrantNeed need, GrantState state) {
    Grant grant = state.grant();
    String what = "grant '" + grant.id() + "' of '" + grant.owner() + "'";
    if (state.revocation().isPresent()) {
      throw new Refusal(
          LedgerCodes.GRANT_REVOKED,
          what
              + " was revoked at "
              + state.revocation().get().body().at()
              + ": "
              + state.revocation().get().body().reason());
    }
    if (now.isBefore(grant.from())) {
      throw new Refusal(LedgerCodes.GRANT_NOT_YET, what + " begins at " + grant.from());
    }
    if (!now.isBefore(grant.until())) {
      throw new Refusal(LedgerCodes.GRANT_EXPIRED, what + " ended at " + grant.until());
    }
    if (!grant.purpose().equals(proposal.purpose())) {
      throw new Refusal(
          LedgerCodes.GRANT_PURPOSE,
          what
              + " is for the purpose '"
              + grant.purpose()
              + "', the job's is '"
              + proposal.purpose()
              + "'");
    }
    if (!grant.recipients().contains(proposal.recipient())) {
      throw new Refusal(
          LedgerCodes.GRANT_RECIPIENT,
          what
              + " is for the recipients "
              + grant.recipients()
              + ", the job's is '"
              + proposal.recipient()
              + "'");
    }
    Optional<String> missing = grant.columns().missing(need.columns());
    if (missing.isPresent()) {
      throw new Refusal(LedgerCodes.GRANT_COLUMN, what + " does not allow '" + missing.get() + "'");
    }
  }
}
