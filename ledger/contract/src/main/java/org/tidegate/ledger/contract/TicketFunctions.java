package org.tidegate.ledger.contract;

import java.util.ArrayList;
import java.util.List;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JsonObject;

/** Which tickets of a grant are free. Only asked, never part of a transaction. */
final class TicketFunctions {
  /** How many free tickets one answer names: enough for 64 clients to spread over. */
  private static final int MAX_ANSWERED = 64;

  void addTo(TidegateContract contract) {
    contract.addQuery("freeTickets", TicketFunctions::freeTickets);
  }

  private static JsonObject freeTickets(Call call, JsonObject request) {
    request.allowOnly("owner", "grant", "hint");
    Grant grant =
        GrantFunctions.requireGrant(call, request.string("owner"), request.string("grant")).grant();
    int hint = (int) request.number("hint", 1, Grant.MAX_COUNT);
    return JsonObject.builder()
        .put("free", free(call, grant, Math.min(hint, grant.count()), MAX_ANSWERED))
        .build();
  }

  /**
   * Up to {@code max} free tickets from {@code hint} on, then from 1 on. Walks the taken tickets in
   * order and takes the gaps between them, so an untouched range costs nothing.
   */
  static List<Integer> free(Call call, Grant grant, int hint, int max) {
    List<Integer> free = new ArrayList<>();
    gaps(call, grant, hint, grant.count(), max, free);
    gaps(call, grant, 1, hint - 1, max, free);
    return free;
  }

  private static void gaps(
      Call call, Grant grant, int first, int last, int max, List<Integer> free) {
    if (first > last || free.size() >= max) {
      return;
    }
    int[] next = {first};
    int prefix = Keys.tickets(grant.owner(), grant.id()).length();
    call.range(
        Keys.ticket(grant.owner(), grant.id(), first),
        Keys.ticket(grant.owner(), grant.id(), last) + "~",
        (key, value) -> {
          int taken = Integer.parseInt(key.substring(prefix));
          addUpTo(taken, next, max, free);
          next[0] = taken + 1;
          return free.size() < max;
        });
    addUpTo(last + 1, next, max, free);
  }

  private static void addUpTo(int end, int[] next, int max, List<Integer> free) {
    while (next[0] < end && free.size() < max) {
      free.add(next[0]++);
    }
  }
}
