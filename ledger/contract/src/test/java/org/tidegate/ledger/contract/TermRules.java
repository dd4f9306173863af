package org.tidegate.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.records.Budget;
import org.tidegate.ledger.records.FreeUses;
import org.tidegate.ledger.records.Frequency;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantTerms;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Price;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedGrant;
import org.tidegate.ledger.records.Use;

/** The part of {@link LedgerContract} on what a grant may say beyond the necessary. */
public abstract class TermRules extends StandingRules {
  private static final Duration WINDOW = Duration.ofSeconds(6);

  private Grant put(int count, GrantTerms terms) {
    Grant grant = jobs.grant(count).with(terms);
    jobs.put(grant);
    return grant;
  }

  // Price

  @Test
  void thePriceIsTheOwnersWord() {
    GrantTerms terms = GrantTerms.NONE.with(new Price("CNY", 2, 500, 1, 0));
    Grant grant = put(3, terms);
    assertThat(bank.grant("tax", grant.id()).orElseThrow().grant().terms()).isEqualTo(terms);
    SignedGrant honest = space.get("tax").grant(jobs.grant(3));
    Grant priced = honest.body().with(terms);
    refused(
        LedgerCodes.SIGNATURE,
        () ->
            tax.putGrant(
                new SignedGrant(
                    new Signed<>(priced, honest.grant().signature()), honest.certificate())));
    refused(LedgerCodes.EXISTS, () -> jobs.put(grant.with(GrantTerms.NONE)));
  }

  // Frequency

  @Test
  void aGrantIsUsedNoMoreOftenThanItsWindowAllows() {
    Grant grant = put(20, GrantTerms.NONE.with(new Frequency(2, WINDOW)));
    assertThat(free(grant).slots()).containsExactlyInAnyOrder(1, 2);
    Reservation first = jobs.reserved(jobs.proposal(grant));
    Instant began = ledger.now();
    Reservation second = jobs.reserved(jobs.proposal(grant));
    assertThat(first.uses().getFirst().slot()).isPresent();
    assertThat(second.uses().getFirst().slot()).isNotEqualTo(first.uses().getFirst().slot());
    assertThat(free(grant).slots()).isEmpty();
    assertThat(free(grant).slotAt().orElseThrow()).isAfter(began);
    refused(LedgerCodes.GRANT_FREQUENCY, () -> jobs.reserved(jobs.proposal(grant)));
    ledger.pass(WINDOW.plusMillis(200));
    jobs.reserved(jobs.proposal(grant));
    jobs.reserved(jobs.proposal(grant));
    // The slot of the first is another job's by now: its late release does not free it.
    bank.release(first.jobId(), jobs.statements(first));
    refused(LedgerCodes.GRANT_FREQUENCY, () -> jobs.reserved(jobs.proposal(grant)));
  }

  @Test
  void aReleaseGivesTheSlotBack() {
    Grant grant = put(20, GrantTerms.NONE.with(new Frequency(1, Duration.ofDays(1))));
    Reservation job = jobs.reserved(jobs.proposal(grant));
    refused(LedgerCodes.GRANT_FREQUENCY, () -> jobs.reserved(jobs.proposal(grant)));
    bank.release(job.jobId(), jobs.statements(job));
    ledger.level();
    jobs.reserved(jobs.proposal(grant));
  }

  @Test
  void aSlotThatIsTakenOrNotThereIsRefused() {
    Grant grant = put(20, GrantTerms.NONE.with(new Frequency(2, Duration.ofDays(1))));
    Use taken = jobs.reserved(jobs.proposal(grant)).uses().getFirst();
    int slot = taken.slot().orElseThrow();
    int ticket = free(grant).tickets().getFirst();
    reserveRefused(LedgerCodes.GRANT_TICKET, with(grant, ticket, Optional.of(slot)));
    reserveRefused(LedgerCodes.BAD_REQUEST, with(grant, ticket, Optional.of(3)));
    reserveRefused(LedgerCodes.BAD_REQUEST, with(grant, ticket, Optional.empty()));
    reserveRefused(LedgerCodes.BAD_REQUEST, with(jobs.put(3), 1, Optional.of(1)));
  }

  private Reservation with(Grant grant, int ticket, Optional<Integer> slot) {
    return with(grant, new Use(grant.id(), ticket, "tax", slot, List.of()), Optional.empty());
  }

  private Reservation with(Grant grant, Use use, Optional<Long> microEpsilon) {
    Signed<Proposal> proposal = jobs.sign(TestJobs.spending(jobs.proposal(grant), microEpsilon));
    return new Reservation(proposal, List.of(use), jobs.acceptances(proposal));
  }

  @Test
  void aFrequencyHoldsUnderContention() throws Exception {
    Grant grant = put(1_000, GrantTerms.NONE.with(new Frequency(5, Duration.ofDays(1))));
    List<Callable<Boolean>> clients = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      clients.add(() -> {
        try {
          jobs.reserved(jobs.proposal(grant));
          return true;
        } catch (LedgerException e) {
          assertThat(e.code()).as(e.getMessage()).isEqualTo(LedgerCodes.GRANT_FREQUENCY);
          return false;
        }
      });
    }
    assertThat(successes(clients)).isEqualTo(5);
  }

  private static int successes(List<Callable<Boolean>> clients) throws Exception {
    int successes = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> future : pool.invokeAll(clients)) {
        successes += future.get() ? 1 : 0;
      }
    }
    return successes;
  }

  private FreeUses free(Grant grant) {
    ledger.level();
    return bank.freeUses(grant.owner(), grant.id(), 1, 1);
  }

  // Budget

  @Test
  void aBudgetIsNeverExceeded() {
    Grant grant = put(20, GrantTerms.NONE.with(new Budget(100_000, 10)));
    Reservation first = spend(grant, 400_000);
    assertThat(first.uses().getFirst().slices()).hasSize(4);
    assertThat(spend(grant, 350_001).uses().getFirst().slices()).hasSize(4);
    assertThat(free(grant).slices()).hasSize(2);
    refused(LedgerCodes.GRANT_BUDGET, () -> spend(grant, 200_001));
    refused(LedgerCodes.GRANT_BUDGET, () -> spend(grant, 100_000_000_000L));
    bank.release(first.jobId(), jobs.statements(first));
    ledger.level();
    spend(grant, 600_000);
    refused(LedgerCodes.GRANT_BUDGET, () -> spend(grant, 1));
  }

  @Test
  void whatAJobSpendsMustBeAgreedTo() {
    Grant grant = put(20, GrantTerms.NONE.with(new Budget(100_000, 10)));
    refused(LedgerCodes.GRANT_BUDGET, () -> jobs.reserved(jobs.proposal(grant)));
    Use two = new Use(grant.id(), 1, "tax", Optional.empty(), List.of(1, 2));
    reserveRefused(LedgerCodes.BAD_REQUEST, with(grant, two, Optional.of(300_000L)));
    reserveRefused(LedgerCodes.BAD_REQUEST, with(grant, two, Optional.of(100_000L)));
    Use beyond = new Use(grant.id(), 1, "tax", Optional.empty(), List.of(1, 11));
    reserveRefused(LedgerCodes.BAD_REQUEST, with(grant, beyond, Optional.of(200_000L)));
    int taken = spend(grant, 100_000).uses().getFirst().slices().getFirst();
    Use again =
        new Use(
            grant.id(), free(grant).tickets().getFirst(), "tax", Optional.empty(), List.of(taken));
    reserveRefused(LedgerCodes.GRANT_TICKET, with(grant, again, Optional.of(100_000L)));
    Grant without = jobs.put(3);
    refused(LedgerCodes.BAD_REQUEST, () -> spend(without, 100_000));
  }

  @Test
  void aBudgetHoldsUnderContention() throws Exception {
    Grant grant = put(1_000, GrantTerms.NONE.with(new Budget(1_000, 20)));
    List<Callable<Boolean>> clients = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      clients.add(() -> {
        try {
          spend(grant, 3_000);
          return true;
        } catch (LedgerException e) {
          assertThat(e.code()).as(e.getMessage()).isEqualTo(LedgerCodes.GRANT_BUDGET);
          return false;
        }
      });
    }
    assertThat(successes(clients)).isEqualTo(6);
    assertThat(free(grant).slices()).hasSize(2);
  }

  private Reservation spend(Grant grant, long microEpsilon) {
    return jobs.reserved(TestJobs.spending(jobs.proposal(grant), Optional.of(microEpsilon)));
  }
}
