package org.tidegate.ledger.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.tidegate.ledger.records.Budget;
import org.tidegate.ledger.records.FreeUses;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.Use;

/**
 * What of a grant a reservation asks for: a ticket, and a slot and slices where the grant has a
 * frequency and a budget, each at random among those that are free, so that clients spread.
 *
 * @param use what to ask for
 * @param exhausted whether there seems to be too little left; the ledger then says so
 */
record TicketChoice(Use use, boolean exhausted) {
  /** Asks what is free. */
  @FunctionalInterface
  interface Free {
    /** As {@link LedgerClient#freeUses}. */
    FreeUses of(String owner, String grant, int hint, int slices);
  }

  /** Chooses for one need. */
  static TicketChoice of(Grant grant, GrantNeed need, Free asked, RandomGenerator random) {
    int slices = slices(grant, need);
    // Also spreads slots and slices: they are fewer or more than tickets, so it wraps around.
    int hint = random.nextInt(hints(grant)) + 1;
    FreeUses free = asked.of(need.owner(), need.grant(), hint, Math.max(1, slices));
    boolean exhausted = free.tickets().isEmpty();
    int ticket = one(free.tickets(), grant.count(), random);
    Optional<Integer> slot = Optional.empty();
    if (grant.terms().frequency().isPresent()) {
      exhausted |= free.slots().isEmpty();
      slot = Optional.of(one(free.slots(), grant.terms().frequency().get().count(), random));
    }
    exhausted |= free.slices().size() < slices;
    List<Integer> taken = new ArrayList<>(free.slices());
    Collections.shuffle(taken, Random.from(random));
    for (int i = 1; taken.size() < slices; i++) {
      // There are not enough; the ledger's refusal is wanted, and says how many are left.
      if (!taken.contains(i)) {
        taken.add(i);
      }
    }
    return new TicketChoice(
        new Use(need.grant(), ticket, need.owner(), slot, taken.subList(0, slices)), exhausted);
  }

  private static int hints(Grant grant) {
    int slices = grant.terms().budget().map(Budget::slices).orElse(1);
    return Math.max(grant.count(), slices);
  }

  /** How many slices are to be taken; none where the answer is a refusal in any case. */
  private static int slices(Grant grant, GrantNeed need) {
    long wanted =
        grant.terms().budget().isEmpty() || need.microEpsilon().isEmpty()
            ? 0
            : grant.terms().budget().get().taken(need.microEpsilon().get());
    return wanted > Budget.MAX_TAKEN ? 0 : (int) wanted;
  }

  private static int one(List<Integer> free, int count, RandomGenerator random) {
    return free.isEmpty() ? random.nextInt(count) + 1 : free.get(random.nextInt(free.size()));
  }
}
