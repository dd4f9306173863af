package org.tidegate.ledger.contract;

import java.security.PublicKey;
import java.util.Optional;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.ParticipantState;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SpaceStatement;
import org.tidegate.ledger.records.Standing;

/**
 * Suspension and reinstatement: the authority's word, which any member may carry to the ledger. So
 * the authority needs no node, and nobody can keep its word away alone.
 */
final class StandingFunctions {
  void addTo(TidegateContract contract) {
    contract.add("putStanding", StandingFunctions::putStanding);
  }

  private static JsonObject putStanding(Call call, JsonObject request) {
    Signed<Standing> signed = Standing.signedFromJson(request);
    Standing standing = signed.body();
    String name = standing.participant();
    String what = "standing " + standing.number() + " of '" + name + "'";
    SpaceStatement space = call.spaceStatement();
    call.requireMember(space);
    if (!standing.space().equals(call.space())) {
      throw new Refusal(
          LedgerCodes.SPACE,
          what + " is for space '" + standing.space() + "', this is '" + call.space() + "'");
    }
    PublicKey authority = space.authorityCertificate().getPublicKey();
    if (!signed.verify(authority)) {
      throw new Refusal(
          LedgerCodes.SIGNATURE, what + " does not verify under the space authority's key");
    }
    ParticipantState state = call.participantState(name);
    if (state.standing().filter(signed::equals).isPresent()) {
      return JsonObject.empty();
    }
    int next = state.standing().map(present -> present.body().number()).orElse(0) + 1;
    if (standing.number() != next) {
      throw new Refusal(LedgerCodes.EXISTS, what + " cannot be put now; the next one is " + next);
    }
    call.put(Keys.participant(name), new ParticipantState(state.entry(), Optional.of(signed)));
    return JsonObject.empty();
  }
}
