package org.tidegate.ledger.records;

import java.time.Instant;

/**
 * The end of a grant, signed by its owner. Jobs reserved before it keep their use.
 *
 * @param owner who granted
 * @param grant the grant's id
 * @param reason one line for the auditor
 * @param at when the owner signed it
 */
public record Revocation(String owner, String grant, String reason, Instant at)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.revocation/1";

  /** Checks names and reason. */
  public Revocation {
    Ids.participant("owner", owner);
    Ids.id("grant", grant);
    Ids.text("reason", reason, 500);
    at = Times.millis(at);
  }

  /** Reads a revocation. */
  public static Revocation fromJson(JsonObject json) {
    json.expect(TYPE, "owner", "grant", "reason", "at");
    return new Revocation(
        json.string("owner"), json.string("grant"), json.string("reason"), json.time("at"));
  }

  /** Reads a signed revocation. */
  public static Signed<Revocation> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, Revocation::fromJson);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("owner", owner)
        .put("grant", grant)
        .put("reason", reason)
        .put("at", at)
        .build();
  }
}
