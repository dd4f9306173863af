package org.tidegate.connector.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tidegate.ledger.records.ColumnUses;
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
   * @param hasUses whether a grant has uses left
   * @throws PolicyException naming the need that no grant allows, and the nearest miss
   */
  public static GrantSelection choose(
      List<DataNeed> needs,
      String recipient,
      Optional<String> purpose,
      List<GrantState> known,
      Instant now,
      Predicate<Grant> hasUses) {
    List<DataNeed> others = needs.stream().filter(need -> !need.owner().equals(recipient)).toList();
    List<String> purposes = purpose.isPresent() ? List.of(purpose.get()) : purposes(others, known);
    PolicyException first = null;
    for (String candidate : purposes) {
      try {
        List<GrantNeed> picked = new ArrayList<>();
        for (DataNeed need : others) {
          Grant grant = pick(need, recipient, candidate, known, now, hasUses);
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
      Predicate<Grant> hasUses) {
    List<GrantCheck.Miss> misses = new ArrayList<>();
    for (GrantState state : known) {
      Optional<GrantCheck.Miss> miss = GrantCheck.firstMiss(state, need, recipient, purpose, now);
      if (miss.isPresent()) {
        misses.add(miss.get());
      } else if (hasUses.test(state.grant())) {
        return state.grant();
      } else {
        misses.add(
            new GrantCheck.Miss(
                LedgerCodes.GRANT_EXHAUSTED,
                state.grant().count() == 1
                    ? "the one use of grant '" + state.grant().id() + "' is taken"
                    : "all "
                        + state.grant().count()
                        + " uses of grant '"
                        + state.grant().id()
                        + "' are taken",
                9));
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
