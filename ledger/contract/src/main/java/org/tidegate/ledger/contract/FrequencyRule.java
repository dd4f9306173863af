package org.tidegate.ledger.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Frequency;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Use;

/**
 * How often a grant is used. A frequency of K in a window has K slots; a use takes a named one,
 * which then rests for the length of the window. As a slot is used at most once within any window,
 * K slots are used at most K times, wherever the window is laid; and where fewer than K uses lie in
 * the last window, one slot has rested long enough, so nothing is refused too early. Two
 * reservations conflict only where they name the same slot.
 */
final class FrequencyRule {
  private FrequencyRule() {}

  /** Takes the slot that {@code use} names, where the grant has a frequency. */
  static void take(Call call, Digest jobId, Grant grant, Use use) {
    Optional<Frequency> frequency = grant.terms().frequency();
    if (frequency.isEmpty()) {
      if (use.slot().isPresent()) {
        throw new Refusal(
            LedgerCodes.BAD_REQUEST,
            "grant '" + grant.id() + "' has no frequency; a use of it names no slot");
      }
      return;
    }
    int count = frequency.get().count();
    int slot = use.slot().orElse(0);
    if (slot < 1 || slot > count) {
      throw new Refusal(
          LedgerCodes.BAD_REQUEST,
          "a use of grant '" + grant.id() + "' names a slot from 1 to " + count + ", not " + slot);
    }
    String key = Keys.slot(grant.owner(), grant.id(), slot);
    Optional<Instant> free = call.get(key).map(last -> freeAt(last, frequency.get().per()));
    if (free.isPresent() && call.time().isBefore(free.get())) {
      throw taken(call, grant, frequency.get());
    }
    call.put(key, JsonObject.builder().put("jobId", jobId).put("at", call.time()).build());
  }

  private static Refusal taken(Call call, Grant grant, Frequency frequency) {
    Slots slots = slots(call, grant, frequency, 1);
    if (!slots.free().isEmpty()) {
      return new Refusal(
          LedgerCodes.GRANT_TICKET,
          "the slot of grant '" + grant.id() + "' is taken; others are free");
    }
    return new Refusal(
        LedgerCodes.GRANT_FREQUENCY,
        "grant '"
            + grant.id()
            + "' allows "
            + frequency.count()
            + (frequency.count() == 1 ? " use" : " uses")
            + " in "
            + frequency.per()
            + "; the next one is possible at "
            + slots.next().orElse(call.time()));
  }

  /** Gives the slot back, unless another job has taken it since. */
  static void giveBack(Call call, Digest jobId, Use use) {
    if (use.slot().isEmpty()) {
      return;
    }
    String key = Keys.slot(use.owner(), use.grant(), use.slot().get());
    if (call.get(key).filter(last -> last.digest("jobId").equals(jobId)).isPresent()) {
      call.delete(key);
    }
  }

  /**
   * Slots as they are now.
   *
   * @param free those that can be taken, from a place asked for on and around
   * @param next when the next one becomes free, where none is
   */
  record Slots(List<Integer> free, Optional<Instant> next) {}

  /** The slots of a grant with that frequency. */
  static Slots slots(Call call, Grant grant, Frequency frequency, int hint) {
    TreeMap<Integer, Instant> resting = new TreeMap<>();
    String prefix = Keys.slots(grant.owner(), grant.id());
    call.range(
        prefix,
        Keys.after(prefix),
        (key, value) -> {
          Instant at = freeAt(CanonicalJson.decode(value), frequency.per());
          if (call.time().isBefore(at)) {
            resting.put(Integer.parseInt(key.substring(prefix.length())), at);
          }
          return true;
        });
    List<Integer> free = new ArrayList<>();
    int count = frequency.count();
    for (int i = 0; i < count && free.size() < TicketFunctions.MAX_ANSWERED; i++) {
      int slot = (hint - 1 + i) % count + 1;
      if (!resting.containsKey(slot)) {
        free.add(slot);
      }
    }
    return new Slots(
        free,
        free.isEmpty() ? resting.values().stream().min(Instant::compareTo) : Optional.empty());
  }

  private static Instant freeAt(JsonObject last, Duration per) {
    return last.time("at").plus(per);
  }
}
