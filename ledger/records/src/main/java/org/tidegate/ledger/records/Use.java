package org.tidegate.ledger.records;

import java.util.List;
import java.util.Optional;

/**
 * One use of a grant by a job: the ticket {@code 1..count} it took, and what else the grant's terms
 * ask for.
 *
 * @param grant the grant's id, one of its owner's
 * @param ticket the ticket, from 1
 * @param owner who granted
 * @param slot the slot of the grant's {@link Frequency}, from 1; there if and only if it has one
 * @param slices the slices of the grant's {@link Budget}, sorted; empty where it has none
 */
public record Use(
    String grant, int ticket, String owner, Optional<Integer> slot, List<Integer> slices)
    implements CanonicalRecord {
  /** Checks names and numbers; sorts the slices. */
  public Use {
    Ids.id("grant", grant);
    Ids.participant("owner", owner);
    range("ticket", ticket, Grant.MAX_COUNT, grant);
    slot.ifPresent(number -> range("slot", number, Frequency.MAX_COUNT, grant));
    List<Integer> sorted = slices.stream().sorted().distinct().toList();
    if (sorted.size() != slices.size() || sorted.size() > Budget.MAX_TAKEN) {
      throw new RecordException(
          "slices of grant "
              + grant
              + ": one stands there twice, or more than "
              + Budget.MAX_TAKEN);
    }
    sorted.forEach(number -> range("slice", number, Budget.MAX_SLICES, grant));
    slices = sorted;
  }

  /** A use of a grant without frequency and budget. */
  public Use(String grant, int ticket, String owner) {
    this(grant, ticket, owner, Optional.empty(), List.of());
  }

  private static void range(String what, int number, int most, String grant) {
    if (number < 1 || number > most) {
      throw new RecordException(
          what + " " + number + " of grant " + grant + "; expected 1 or more");
    }
  }

  /** Reads a use. */
  public static Use fromJson(JsonObject json) {
    json.allowOnly("grant", "ticket", "owner", "slot", "slices");
    return new Use(
        json.string("grant"),
        (int) json.number("ticket", 1, Grant.MAX_COUNT),
        json.string("owner"),
        json.has("slot")
            ? Optional.of((int) json.number("slot", 1, Frequency.MAX_COUNT))
            : Optional.empty(),
        json.has("slices")
            ? json.numbers("slices").stream().map(Math::toIntExact).toList()
            : List.of());
  }

  /** {@code owner/id}: what names the grant in the space. */
  public String key() {
    return owner + "/" + grant;
  }

  @Override
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("grant", grant)
            .put("ticket", ticket)
            .put("owner", owner)
            .put("slot", slot);
    if (!slices.isEmpty()) {
      json.put("slices", slices);
    }
    return json.build();
  }
}
