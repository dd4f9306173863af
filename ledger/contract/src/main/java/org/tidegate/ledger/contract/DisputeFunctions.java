package org.tidegate.ledger.contract;

import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.Dispute;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Signed;

/**
 * Disputes about jobs. Who may do what, and when, is the table {@link Dispute#TRANSITIONS}. A
 * suspended participant may go on with disputes: they are about what ran already.
 */
final class DisputeFunctions {
  void addTo(TidegateContract contract) {
    contract.add("dispute", DisputeFunctions::dispute);
    contract.addQuery("getDispute", DisputeFunctions::getDispute);
    contract.addQuery("listDisputes", (call, request) -> Answers.page(call, Keys.DISPUTE, request));
  }

  private static JsonObject getDispute(Call call, JsonObject request) {
    request.allowOnly("jobId", "dispute");
    return Answers.optional(
        call.get(Keys.dispute(request.digest("jobId"), request.string("dispute"))));
  }

  private static JsonObject dispute(Call call, JsonObject request) {
    Signed<DisputeStep> signed = DisputeStep.signedFromJson(request);
    DisputeStep step = signed.body();
    String key = Keys.dispute(step.jobId(), step.dispute());
    Optional<Dispute> present = call.get(key).map(Dispute::fromJson);
    if (present.isPresent() && present.get().steps().contains(signed)) {
      return JsonObject.empty();
    }
    if (step.action() == DisputeStep.Action.OPEN) {
      checkOpening(call, step, present);
      requireParty(call, step, signed);
      call.put(key, new Dispute(List.of(signed)));
      return JsonObject.empty();
    }
    Dispute dispute =
        present.orElseThrow(() ->
            new Refusal(
                LedgerCodes.NOT_FOUND,
                "there is no dispute '" + step.dispute() + "' about job " + step.jobId()));
    checkStep(call, dispute, signed);
    call.put(key, dispute.with(signed));
    return JsonObject.empty();
  }

  private static void checkOpening(Call call, DisputeStep step, Optional<Dispute> present) {
    if (present.isPresent()) {
      throw new Refusal(
          LedgerCodes.EXISTS,
          "a dispute '" + step.dispute() + "' about the job is there already; take another id");
    }
    if (step.number() != 1) {
      throw new Refusal(LedgerCodes.DISPUTE_STATE, "the step that opens a dispute is number 1");
    }
    List<String> parties =
        JobFunctions.requireJob(call, step.jobId()).proposal().body().participants();
    for (String name : List.of(step.by().orElseThrow(), step.against().orElseThrow())) {
      if (!parties.contains(name)) {
        throw new Refusal(
            LedgerCodes.NOT_PARTY, "'" + name + "' is no party of the job; they are " + parties);
      }
    }
  }

  private static void checkStep(Call call, Dispute dispute, Signed<DisputeStep> signed) {
    DisputeStep step = signed.body();
    Dispute.State state = dispute.state();
    Dispute.Transition transition =
        Dispute.transition(state, step.action())
            .orElseThrow(() ->
                new Refusal(
                    LedgerCodes.DISPUTE_STATE,
                    "the dispute is "
                        + state.text()
                        + ", and cannot be "
                        + "brought on by '"
                        + step.action().text()
                        + "'; possible now: "
                        + Dispute.actions(state).stream().map(DisputeStep.Action::text).toList()));
    int next = dispute.steps().size() + 1;
    if (step.number() != next) {
      throw new Refusal(
          LedgerCodes.DISPUTE_STATE,
          "the dispute's next step is number " + next + ", not " + step.number());
    }
    if (next == Dispute.MAX_STEPS && transition.to() == Dispute.State.OPEN) {
      throw new Refusal(
          LedgerCodes.DISPUTE_STATE, "the dispute has gone on long enough; settle or withdraw it");
    }
    switch (transition.role()) {
      case OPENER -> requireRole(step, dispute.opener(), "opened the dispute");
      case RESPONDENT -> requireRole(step, dispute.respondent(), "the dispute is with");
      case AUTHORITY -> {
        requireAuthority(call, signed);
        return;
      }
    }
    requireParty(call, step, signed);
  }

  private static void requireRole(DisputeStep step, String name, String what) {
    if (!step.by().equals(Optional.of(name))) {
      throw new Refusal(
          LedgerCodes.DISPUTE_ROLE,
          "'"
              + step.action().text()
              + "' is for '"
              + name
              + "' ("
              + what
              + "), not for '"
              + step.by().orElse("")
              + "'");
    }
  }

  private static void requireParty(Call call, DisputeStep step, Signed<DisputeStep> signed) {
    String name = step.by().orElseThrow();
    call.requireOwner("this step of the dispute", name);
    call.requireSigned("this step of the dispute", name, signed);
  }

  private static void requireAuthority(Call call, Signed<DisputeStep> signed) {
    var space = call.spaceStatement();
    call.requireMember(space);
    if (!signed.verify(space.authorityCertificate().getPublicKey())) {
      throw new Refusal(
          LedgerCodes.SIGNATURE, "the decision does not verify under the space authority's key");
    }
  }
}
