package org.tidegate.connector.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.FreeUses;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Operation;

/**
 * Picks, for the proposer, one grant for each product that is not the recipient's own. (What a
 * recipient brings itself it allows by asking.)
 *
 * @param purpose the purpose all grants picked share
 * @param grants the grants, with what the plan needs of each
 */
public record GrantSelection(String purpose, List<GrantNeed> grants) {
  /**
   * Picks grants.
   *
   * @param needs what the plan does, one need a product
   * @param recipient who receives the result
   * @param purpose the purpose asked for; empty: any that all owners granted
   * @param known all grants on the ledger
   * @param left what a grant has left
   * @throws PolicyException naming the need that no grant allows, and the nearest miss
   */
  public static GrantSelection choose(
      List<DataNeed> needs,
      String recipient,
      Optional<String> purpose,
      List<GrantState> known,
      Instant now,
      Function<Grant, FreeUses> left) {
    List<DataNeed> others = needs.stream().filter(need -> !need.owner().equals(recipient)).toList();
    List<String> purposes = purpose.isPresent() ? List.of(purpose.get()) : purposes(others, known);
    PolicyException first = null;
    for (String candidate : purposes) {
      try {
        List<GrantNeed> picked = new ArrayList<>();
        for (DataNeed need : others) {
          Grant grant = pick(need, recipient, candidate, known, now, left);
          picked.add(new GrantNeed(grant.id(), grant.owner(), need.columns()));
        }
        return new GrantSelection(candidate, picked);
      } catch (PolicyException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? missing(others.getFirst(), recipient, purpose) : first;
  }

  private static List<String> purposes(List<DataNeed> needs, List<GrantState> known) {
    return known.stream()
        .map(GrantState::grant)
        .filter(grant ->
            needs.stream()
                .anyMatch(need ->
                    need.owner().equals(grant.owner()) && need.product().equals(grant.product())))
        .map(Grant::purpose)
        .distinct()
        .sorted()
        .toList();
  }

  private static Grant pick(
      DataNeed need,
      String recipient,
      String purpose,
      List<GrantState> known,
      Instant now,
      Function<Grant, FreeUses> left) {
    List<GrantCheck.Miss> misses = new ArrayList<>();
    for (GrantState state : known) {
      Optional<GrantCheck.Miss> miss = GrantCheck.firstMiss(state, need, recipient, purpose, now);
      if (miss.isPresent()) {
        misses.add(miss.get());
      } else {
        Optional<GrantCheck.Miss> used = usedUp(state.grant(), left.apply(state.grant()));
        if (used.isEmpty()) {
          return state.grant();
        }
        misses.add(used.get());
      }
    }
    GrantCheck.Miss nearest =
        misses.stream()
            .max(Comparator.comparingInt(GrantCheck.Miss::rank))
            .filter(miss -> miss.rank() > 0)
            .orElseThrow(() -> missing(need, recipient, Optional.of(purpose)));
    throw new PolicyException(
        nearest.code(), nearest.message() + ". Ask " + need.owner() + " for a grant that fits.");
  }

  private static Optional<GrantCheck.Miss> usedUp(Grant grant, FreeUses left) {
    String name = "grant '" + grant.id() + "'";
    if (left.tickets().isEmpty()) {
      return Optional.of(
          new GrantCheck.Miss(
              LedgerCodes.GRANT_EXHAUSTED,
              grant.count() == 1
                  ? "the one use of " + name + " is taken"
                  : "all " + grant.count() + " uses of " + name + " are taken",
              9));
    }
    return grant
        .terms()
        .frequency()
        .filter(frequency -> left.slots().isEmpty())
        .map(frequency ->
            new GrantCheck.Miss(
                LedgerCodes.GRANT_FREQUENCY,
                name
                    + " was used "
                    + frequency.count()
                    + " times within "
                    + frequency.per()
                    + "; the next use is possible at "
                    + left.slotAt().map(Object::toString).orElse("a later time"),
                10));
  }

  private static PolicyException missing(
      DataNeed need, String recipient, Optional<String> purpose) {
    return new PolicyException(
        LedgerCodes.GRANT_MISSING,
        "no grant on "
            + need
            + " for "
            + recipient
            + purpose.map(word -> " and the purpose '" + word + "'").orElse("")
            + "; the query needs "
            + words(need.columns())
            + ". Ask "
            + need.owner()
            + " to put one: tidegate grant put --node HOME --file grants.yaml");
  }

  /** {@code uscc (join), vat (count, sum)}. */
  private static String words(ColumnUses columns) {
    return columns.columns().entrySet().stream()
        .map(column ->
            column.getKey()
                + " ("
                + column.getValue().stream().map(Operation::text).collect(Collectors.joining(", "))
                + ")")
        .collect(Collectors.joining(", "));
  }
}
