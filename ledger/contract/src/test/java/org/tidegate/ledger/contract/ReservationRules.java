package org.tidegate.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Use;

/** The part of {@link LedgerContract} on reserving uses. */
public abstract class ReservationRules extends EntryRules {
  // Reserving

  @Test
  void reservingTakesATicketOfEveryGrantAndIsIdempotent() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(2), jobs.put(3)));
    List<Signed<Acceptance>> acceptances = jobs.acceptances(proposal);
    Reservation first = bank.reserve(proposal, acceptances);
    assertThat(first.uses()).hasSize(2);
    for (Use use : first.uses()) {
      assertThat(bank.freeTickets(use.owner(), use.grant(), 1)).doesNotContain(use.ticket());
    }
    for (int i = 0; i < 5; i++) {
      assertThat(bank.reserve(proposal, acceptances)).isEqualTo(first);
    }
    Use use = first.uses().getFirst();
    assertThat(bank.freeTickets(use.owner(), use.grant(), 1)).hasSize(1);
    JobRecord job = bank.job(first.jobId()).orElseThrow();
    assertThat(job.state()).isEqualTo(JobRecord.State.RESERVED);
    assertThat(job.reservation()).isEqualTo(first);
  }

  @Test
  void theSameJobWithOtherAcceptancesIsRefused() {
    Reservation job = jobs.reserved();
    Reservation other =
        new Reservation(job.proposal(), job.uses(), jobs.acceptances(job.proposal()));
    reserveRefused(LedgerCodes.EXISTS, other);
  }

  @Test
  void onlyTheProposersOrganisationReserves() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(3)));
    refused(LedgerCodes.NOT_PROPOSER, () -> tax.reserve(proposal, jobs.acceptances(proposal)));
  }

  @Test
  void aProposalSignedBySomebodyElseIsRefused() {
    Signed<Proposal> forged = space.get("tax").sign(jobs.proposal(jobs.put(3)));
    refused(LedgerCodes.SIGNATURE, () -> bank.reserve(forged, jobs.acceptances(forged)));
  }

  @Test
  void aProposalForAnotherSpaceIsRefused() {
    Proposal proposal = jobs.proposal(jobs.put(3));
    Signed<Proposal> other =
        jobs.sign(
            new Proposal(
                "elsewhere",
                "bank",
                "bank",
                proposal.purpose(),
                proposal.participants(),
                proposal.needs(),
                proposal.planDigest(),
                proposal.contentDigest(),
                proposal.created(),
                proposal.expires()));
    refused(LedgerCodes.SPACE, () -> bank.reserve(other, jobs.acceptances(other)));
  }

  @Test
  void aMissingAcceptanceIsRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(3)));
    refused(
        LedgerCodes.ACCEPTANCE_MISSING,
        () -> bank.reserve(proposal, jobs.acceptances(proposal).subList(0, 1)));
  }

  @Test
  void anAcceptanceSignedBySomebodyElseIsRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(3)));
    List<Signed<Acceptance>> forged =
        List.of(
            jobs.acceptances(proposal).getFirst(),
            space.get("bank").sign(jobs.acceptance(proposal, "tax")));
    refused(LedgerCodes.SIGNATURE, () -> bank.reserve(proposal, forged));
  }

  @Test
  void anAcceptanceOfAnotherPlanIsRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(3)));
    Acceptance honest = jobs.acceptance(proposal, "tax");
    Acceptance other =
        new Acceptance(
            honest.jobId(),
            TestJobs.digest("another plan"),
            "tax",
            honest.inputCommitments(),
            honest.expires());
    List<Signed<Acceptance>> acceptances =
        List.of(jobs.acceptances(proposal).getFirst(), space.get("tax").sign(other));
    refused(LedgerCodes.PLAN_MISMATCH, () -> bank.reserve(proposal, acceptances));
  }

  @Test
  void anAcceptanceOfAnotherJobIsRefused() {
    Grant grant = jobs.put(3);
    Proposal body = jobs.proposal(grant);
    Signed<Proposal> accepted = jobs.sign(body);
    Signed<Proposal> reserved = jobs.sign(body);
    assertThat(Proposal.jobId(reserved)).isNotEqualTo(Proposal.jobId(accepted));
    refused(
        LedgerCodes.ACCEPTANCE_MISSING, () -> bank.reserve(reserved, jobs.acceptances(accepted)));
  }

  @Test
  void anAcceptanceThatExpiredIsRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(3)));
    Acceptance honest = jobs.acceptance(proposal, "tax");
    Acceptance expired =
        new Acceptance(
            honest.jobId(),
            honest.planDigest(),
            "tax",
            honest.inputCommitments(),
            ledger.now().minusSeconds(1));
    List<Signed<Acceptance>> acceptances =
        List.of(jobs.acceptances(proposal).getFirst(), space.get("tax").sign(expired));
    refused(LedgerCodes.PROPOSAL_EXPIRED, () -> bank.reserve(proposal, acceptances));
  }

  @Test
  void aProposalThatExpiredIsRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(Duration.ofMillis(-500), jobs.put(3)));
    refused(LedgerCodes.PROPOSAL_EXPIRED, () -> bank.reserve(proposal, jobs.acceptances(proposal)));
  }

  @Test
  void aMissingGrantIsRefused() {
    Grant absent = jobs.grant(3);
    refused(LedgerCodes.GRANT_MISSING, () -> jobs.reserved(jobs.proposal(absent)));
    reserveRefused(
        LedgerCodes.GRANT_MISSING, jobs.reservation(jobs.sign(jobs.proposal(absent)), 1));
  }

  @Test
  void aColumnBeyondTheGrantIsRefused() {
    Grant grant = jobs.grant(3);
    Grant narrow = withColumns(grant, Map.of("uscc", EnumSet.of(Operation.JOIN)));
    jobs.put(narrow);
    refused(LedgerCodes.GRANT_COLUMN, () -> jobs.reserved(jobs.proposal(narrow)));
  }

  @Test
  void anotherPurposeIsRefused() {
    Proposal proposal = jobs.proposal(jobs.put(3));
    Proposal other =
        new Proposal(
            proposal.space(),
            "bank",
            "bank",
            "marketing",
            proposal.participants(),
            proposal.needs(),
            proposal.planDigest(),
            proposal.contentDigest(),
            proposal.created(),
            proposal.expires());
    refused(LedgerCodes.GRANT_PURPOSE, () -> jobs.reserved(other));
  }

  @Test
  void anotherRecipientIsRefused() {
    Proposal proposal = jobs.proposal(jobs.put(3));
    Proposal other =
        new Proposal(
            proposal.space(),
            "bank",
            "trade",
            proposal.purpose(),
            List.of("bank", "tax", "trade"),
            proposal.needs(),
            proposal.planDigest(),
            proposal.contentDigest(),
            proposal.created(),
            proposal.expires());
    refused(LedgerCodes.GRANT_RECIPIENT, () -> jobs.reserved(other));
  }

  @Test
  void aGrantWhoseWindowEndedIsRefused() {
    Instant now = ledger.now();
    Grant ended = withWindow(jobs.grant(3), now.minusSeconds(100), now.minusSeconds(1));
    jobs.put(ended);
    refused(LedgerCodes.GRANT_EXPIRED, () -> jobs.reserved(jobs.proposal(ended)));
  }

  @Test
  void aGrantWhoseWindowHasNotBegunIsRefused() {
    Instant now = ledger.now();
    Grant later = withWindow(jobs.grant(3), now.plusSeconds(300), now.plusSeconds(600));
    jobs.put(later);
    refused(LedgerCodes.GRANT_NOT_YET, () -> jobs.reserved(jobs.proposal(later)));
  }

  private static Grant withWindow(Grant grant, Instant from, Instant until) {
    return new Grant(
        grant.id(),
        grant.owner(),
        grant.product(),
        grant.productDigest(),
        grant.columns(),
        grant.purpose(),
        grant.recipients(),
        from,
        until,
        grant.count(),
        grant.minimumGroup());
  }

  @Test
  void anExhaustedGrantIsRefused() {
    Grant grant = jobs.put(2);
    jobs.reserved(jobs.proposal(grant));
    jobs.reserved(jobs.proposal(grant));
    refused(LedgerCodes.GRANT_EXHAUSTED, () -> jobs.reserved(jobs.proposal(grant)));
    reserveRefused(
        LedgerCodes.GRANT_EXHAUSTED, jobs.reservation(jobs.sign(jobs.proposal(grant)), 3));
    assertThat(bank.freeTickets(grant.owner(), grant.id(), 1)).isEmpty();
  }

  @Test
  void aTakenTicketIsRefused() {
    Grant grant = jobs.put(2);
    Use taken = jobs.reserved(jobs.proposal(grant)).uses().getFirst();
    reserveRefused(
        LedgerCodes.GRANT_TICKET,
        jobs.reservation(jobs.sign(jobs.proposal(grant)), taken.ticket()));
  }

  @Test
  void usesOtherThanTheProposalNeedsAreRefused() {
    Signed<Proposal> proposal = jobs.sign(jobs.proposal(jobs.put(2)));
    Reservation other =
        new Reservation(
            proposal, List.of(new Use(jobs.put(2).id(), 1, "tax")), jobs.acceptances(proposal));
    reserveRefused(LedgerCodes.BAD_REQUEST, other);
  }

  @Test
  void reservingIsAllOrNothing() {
    Grant plenty = jobs.put(5);
    Grant one = jobs.put(1);
    jobs.reserved(jobs.proposal(one));
    Proposal both = jobs.proposal(plenty, one);
    refused(LedgerCodes.GRANT_EXHAUSTED, () -> jobs.reserved(both));
    assertThat(bank.freeTickets(plenty.owner(), plenty.id(), 1)).hasSize(5);
  }

  // Together

  @Test
  void aLimitHoldsUnderContention() throws Exception {
    Race race = race();
    Grant grant = jobs.put(race.limit());
    List<Callable<List<Digest>>> clients = new ArrayList<>();
    for (int i = 0; i < race.clients(); i++) {
      clients.add(() -> reserveAll(grant, race.tries()));
    }
    Set<Digest> reserved = new HashSet<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(race.clients())) {
      for (Future<List<Digest>> future : pool.invokeAll(clients)) {
        reserved.addAll(future.get());
      }
    }
    assertThat(reserved).hasSize(race.limit());
    assertThat(bank.freeTickets(grant.owner(), grant.id(), 1)).isEmpty();
  }

  private List<Digest> reserveAll(Grant grant, int tries) {
    List<Digest> reserved = new ArrayList<>();
    for (int i = 0; i < tries; i++) {
      try {
        reserved.add(jobs.reserved(jobs.proposal(grant)).jobId());
      } catch (LedgerException e) {
        assertThat(e.code()).as(e.getMessage()).isEqualTo(LedgerCodes.GRANT_EXHAUSTED);
      }
    }
    return reserved;
  }
}
