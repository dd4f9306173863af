package org.tidegate.ledger.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.tidegate.ledger.records.Grant;

/**
 * Free tickets of grants that bound the number of uses alone: asked for many at a time, each handed
 * out once, so that a reservation does not begin with a question. A ticket that somebody else took
 * in the meantime is refused by the ledger, and what is known of that grant forgotten. Safe for
 * many threads.
 */
final class TicketPool {
  private static final int MAX_GRANTS = 4096;

  private final RandomGenerator random;
  private final Recent<String, Deque<Integer>> free = new Recent<>(MAX_GRANTS);

  /**
   * @param random spreads tickets; nothing secret
   */
  TicketPool(RandomGenerator random) {
    this.random = random;
  }

  /** Whether a use of the grant takes a ticket and nothing else. */
  static boolean suits(Grant grant) {
    return grant.terms().frequency().isEmpty() && grant.terms().budget().isEmpty();
  }

  /**
   * A ticket that was free when it was asked for.
   *
   * @param grant the grant's key
   * @param ask what is free now; empty if nothing is
   * @return empty if nothing is
   */
  OptionalInt next(String grant, Supplier<List<Integer>> ask) {
    Deque<Integer> known = free.get(grant, ignored -> new ArrayDeque<>());
    synchronized (known) {
      if (known.isEmpty()) {
        List<Integer> asked = new ArrayList<>(ask.get());
        Collections.shuffle(asked, Random.from(random));
        known.addAll(asked);
      }
      Integer ticket = known.poll();
      return ticket == null ? OptionalInt.empty() : OptionalInt.of(ticket);
    }
  }

  /** Forgets what was free. */
  void forget(String grant) {
    Deque<Integer> known = free.get(grant, ignored -> new ArrayDeque<>());
    synchronized (known) {
      known.clear();
    }
  }
}
