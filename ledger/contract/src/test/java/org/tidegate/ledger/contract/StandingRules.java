package org.tidegate.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.ParticipantState;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Standing;

/** The part of {@link LedgerContract} on suspension and reinstatement. */
public abstract class StandingRules extends ReservationRules {
  @Test
  void aSuspendedParticipantBeginsNothingAndEndsWhatRuns() {
    Grant grant = jobs.put(5);
    Grant before = jobs.put(1);
    Reservation running = jobs.reserved(jobs.proposal(grant));
    Reservation given = jobs.reserved(jobs.proposal(grant));
    jobs.rule("tax", true);
    try {
      // It accepts nothing new, neither with grants of before nor as anybody's partner.
      refused(LedgerCodes.SUSPENDED, () -> jobs.reserved(jobs.proposal(grant)));
      refused(LedgerCodes.SUSPENDED, () -> jobs.put(jobs.grant(2)));
      refused(LedgerCodes.SUSPENDED, () -> tax.putProduct(jobs.product(2)));
      // What runs goes on, and what it granted it may take back.
      jobs.write(jobs.receipt(running, "tax"));
      jobs.write(jobs.receipt(running, "bank"));
      tax.settle(running.jobId());
      bank.release(given.jobId(), jobs.statements(given));
      jobs.revoke(before, "the agreement ended");
      // New keys are not a new standing.
      tax.putParticipant(space.get("tax").entryUntil(ledger.now().plusSeconds(3_600)));
      ledger.level();
      assertThat(bank.participantState("tax").flatMap(ParticipantState::suspension)).isPresent();
      tax.putParticipant(space.get("tax").entry());
    } finally {
      jobs.rule("tax", false);
    }
    assertThat(bank.participantState("tax").flatMap(ParticipantState::suspension)).isEmpty();
    jobs.reserved(jobs.proposal(grant));
  }

  @Test
  void aSuspendedProposerDoesNotReserve() {
    Grant grant = jobs.put(5);
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(grant));
    Reservation job = jobs.reserved(jobs.proposal(grant));
    jobs.rule("bank", true);
    try {
      refused(LedgerCodes.SUSPENDED, () -> bank.reserve(proposal, jobs.acceptances(proposal)));
      // A reservation that stands is what it was, and asking for it again changes nothing.
      assertThat(bank.reserve(job.proposal(), job.acceptances())).isEqualTo(job);
    } finally {
      jobs.rule("bank", false);
    }
    bank.reserve(proposal, jobs.acceptances(proposal));
  }

  @Test
  void onlyTheAuthorityRules() {
    int next = jobs.nextStanding("tax");
    Standing standing = space.standing("tax", next, next % 2 == 1, ledger.now()).body();
    refused(LedgerCodes.SIGNATURE, () -> bank.putStanding(space.get("bank").sign(standing)));
    refused(LedgerCodes.SIGNATURE, () -> tax.putStanding(space.get("tax").sign(standing)));
    Standing elsewhere =
        new Standing("elsewhere", "tax", next, next % 2 == 1, standing.reason(), standing.at());
    refused(LedgerCodes.SPACE, () -> bank.putStanding(Signed.sign(elsewhere, space.rootKey())));
    assertThat(bank.participantState("tax").flatMap(ParticipantState::suspension)).isEmpty();
  }

  @Test
  void standingsFollowEachOther() {
    Signed<Standing> suspended = jobs.rule("trade", true);
    bank.putStanding(suspended);
    int number = suspended.body().number();
    refused(
        LedgerCodes.EXISTS,
        () -> bank.putStanding(space.standing("trade", number + 2, true, ledger.now())));
    Signed<Standing> reinstated = jobs.rule("trade", false);
    // The earlier word is past: putting it again is no way to suspend anew.
    refused(LedgerCodes.EXISTS, () -> bank.putStanding(suspended));
    refused(
        LedgerCodes.NOT_MEMBER,
        () -> bank.putStanding(space.standing("nobody", 1, true, ledger.now())));
    assertThat(
            bank.participants("", 10).entries().stream()
                .filter(state -> state.entry().name().equals("trade")))
        .extracting(ParticipantState::standing)
        .containsExactly(java.util.Optional.of(reinstated));
    assertThat(bank.participants("", 10).entries())
        .extracting(state -> state.entry().name())
        .containsAll(Set.of("bank", "tax", "trade"));
  }
}
