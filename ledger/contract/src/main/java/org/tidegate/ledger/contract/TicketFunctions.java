package org.tidegate.ledger.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.Budget;
import org.tidegate.ledger.records.FreeUses;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JsonObject;

/** What a grant has left. Only asked, never part of a transaction. */
final class TicketFunctions {
  /** How many free tickets one answer names: enough for 64 clients to spread over. */
  static final int MAX_ANSWERED = 64;

  void addTo(TidegateContract contract) {
    contract.addQuery("freeTickets", TicketFunctions::freeTickets);
  }

  /**
   * {@code owner, grant, hint}, and {@code slices}: how many of a budget's slices are wanted, where
   * more than one answer's worth.
   */
  private static JsonObject freeTickets(Call call, JsonObject request) {
    request.allowOnly("owner", "grant", "hint", "slices");
    Grant grant =
        GrantFunctions.requireGrant(call, request.string("owner"), request.string("grant")).grant();
    int hint = (int) request.number("hint", 1, Grant.MAX_COUNT);
    int wanted = request.has("slices") ? (int) request.number("slices", 1, Budget.MAX_TAKEN) : 1;
    Optional<FrequencyRule.Slots> slots =
        grant
            .terms()
            .frequency()
            .map(frequency ->
                FrequencyRule.slots(call, grant, frequency, within(hint, frequency.count())));
    return new FreeUses(
            free(call, grant, Math.min(hint, grant.count()), MAX_ANSWERED),
            slots.map(FrequencyRule.Slots::free).orElse(List.of()),
            slots.flatMap(FrequencyRule.Slots::next),
            grant
                .terms()
                .budget()
                .map(budget ->
                    BudgetRule.free(
                        call,
                        grant,
                        budget,
                        within(hint, budget.slices()),
                        Math.max(wanted * 2, MAX_ANSWERED)))
                .orElse(List.of()))
        .toJson();
  }

  private static int within(int hint, int count) {
    return (hint - 1) % count + 1;
  }

  /** Up to {@code max} free tickets from {@code hint} on, then from 1 on. */
  static List<Integer> free(Call call, Grant grant, int hint, int max) {
    List<Integer> free = new ArrayList<>();
    Gaps gaps = new Gaps(call, Keys.tickets(grant.owner(), grant.id()), max);
    gaps.collect(hint, grant.count(), free);
    gaps.collect(1, hint - 1, free);
    return free;
  }
}
