package org.tidegate.ledger.records;

/**
 * One use of a grant by a job: the ticket {@code 1..count} it took.
 *
 * @param grant the grant's id, one of its owner's
 * @param ticket the ticket, from 1
 * @param owner who granted
 */
public record Use(String grant, int ticket, String owner) implements CanonicalRecord {
  /** Checks names and the ticket. */
  public Use {
    Ids.id("grant", grant);
    Ids.participant("owner", owner);
    if (ticket < 1 || ticket > Grant.MAX_COUNT) {
      throw new RecordException("ticket " + ticket + " of grant " + grant + "; expected 1 or more");
    }
  }

  /** Reads a use. */
  public static Use fromJson(JsonObject json) {
    json.allowOnly("grant", "ticket", "owner");
    return new Use(
        json.string("grant"),
        (int) json.number("ticket", 1, Grant.MAX_COUNT),
        json.string("owner"));
  }

  /** {@code owner/id}: what names the grant in the space. */
  public String key() {
    return owner + "/" + grant;
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("grant", grant)
        .put("ticket", ticket)
        .put("owner", owner)
        .build();
  }
}
