package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a grant has left, as the contract answers it now.
 *
 * @param tickets some free tickets; empty means that the count is used up
 * @param slots some free slots of the frequency; empty also where the grant has none
 * @param slotAt when the next slot becomes free, where none is now
 * @param slices some free slices of the budget; empty also where the grant has none
 */
public record FreeUses(
    List<Integer> tickets, List<Integer> slots, Optional<Instant> slotAt, List<Integer> slices)
    implements CanonicalRecord {
  /** Copies. */
  public FreeUses {
    tickets = List.copyOf(tickets);
    slots = List.copyOf(slots);
    slices = List.copyOf(slices);
  }

  /** Reads an answer. */
  public static FreeUses fromJson(JsonObject json) {
    json.allowOnly("free", "slots", "slotAt", "slices");
    return new FreeUses(
        integers(json, "free"),
        json.has("slots") ? integers(json, "slots") : List.of(),
        json.optionalTime("slotAt"),
        json.has("slices") ? integers(json, "slices") : List.of());
  }

  private static List<Integer> integers(JsonObject json, String key) {
    return json.numbers(key).stream().map(Math::toIntExact).toList();
  }

  @Override
  public JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder().put("free", tickets).put("slotAt", slotAt);
    if (!slots.isEmpty()) {
      json.put("slots", slots);
    }
    if (!slices.isEmpty()) {
      json.put("slices", slices);
    }
    return json.build();
  }
}
