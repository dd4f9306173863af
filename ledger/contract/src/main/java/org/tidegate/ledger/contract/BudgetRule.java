package org.tidegate.ledger.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.Budget;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Use;

/**
 * What a grant's uses spend of its privacy budget. The budget is divided into slices; a use takes
 * as many named ones as what it spends, rounded up. A slice is taken once, so the sum never exceeds
 * the budget, whatever the order of transactions, and no counter is hot.
 */
final class BudgetRule {
  private BudgetRule() {}

  /** Takes the slices that {@code use} names, where the grant has a budget. */
  static void take(Call call, Digest jobId, Grant grant, GrantNeed need, Use use) {
    Optional<Budget> present = grant.terms().budget();
    String what = "grant '" + grant.id() + "'";
    if (present.isEmpty()) {
      if (need.microEpsilon().isPresent() || !use.slices().isEmpty()) {
        throw new Refusal(
            LedgerCodes.BAD_REQUEST, what + " has no privacy budget; a use of it spends none");
      }
      return;
    }
    Budget budget = present.get();
    long spent =
        need.microEpsilon()
            .orElseThrow(() ->
                new Refusal(
                    LedgerCodes.GRANT_BUDGET,
                    what + " has a privacy budget; the proposal must say what the job spends"));
    long slices = budget.taken(spent);
    if (slices > Math.min(budget.slices(), Budget.MAX_TAKEN)) {
      throw exceeded(what, slices, free(call, grant, budget, 1, budget.slices()).size());
    }
    if (use.slices().size() != slices) {
      throw new Refusal(
          LedgerCodes.BAD_REQUEST,
          what
              + ": "
              + spent
              + " millionths of epsilon take "
              + slices
              + " slices of "
              + budget.slice()
              + ", not "
              + use.slices().size());
    }
    for (int slice : use.slices()) {
      if (slice > budget.slices()) {
        throw new Refusal(
            LedgerCodes.BAD_REQUEST,
            what + " has " + budget.slices() + " slices; there is no slice " + slice);
      }
      if (call.has(Keys.slice(grant.owner(), grant.id(), slice))) {
        int left = free(call, grant, budget, 1, budget.slices()).size();
        throw left < slices
            ? exceeded(what, slices, left)
            : new Refusal(
                LedgerCodes.GRANT_TICKET,
                "slice " + slice + " of " + what + " is taken; others are free");
      }
    }
    for (int slice : use.slices()) {
      call.put(
          Keys.slice(grant.owner(), grant.id(), slice),
          JsonObject.builder().put("jobId", jobId).build());
    }
  }

  private static Refusal exceeded(String what, long wanted, int left) {
    return new Refusal(
        LedgerCodes.GRANT_BUDGET,
        "the job would take "
            + wanted
            + " slices of the privacy budget of "
            + what
            + ", which has "
            + left
            + " left");
  }

  /** Gives the slices back. */
  static void giveBack(Call call, Use use) {
    use.slices().forEach(slice -> call.delete(Keys.slice(use.owner(), use.grant(), slice)));
  }

  /** Up to {@code max} free slices from {@code hint} on and around. */
  static List<Integer> free(Call call, Grant grant, Budget budget, int hint, int max) {
    List<Integer> free = new ArrayList<>();
    Gaps gaps = new Gaps(call, Keys.slices(grant.owner(), grant.id()), max);
    gaps.collect(hint, budget.slices(), free);
    gaps.collect(1, hint - 1, free);
    return free;
  }
}
