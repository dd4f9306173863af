package org.tidegate.ledger.records;

import java.time.Instant;

/**
 * The end of a grant by its owner. Jobs reserved before it keep their use.
 *
 * @param grant the grant's id
 * @param reason one line for the auditor
 * @param at when the ledger accepted it
 */
public record Revocation(String grant, String reason, Instant at) implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.revocation/1";

  /** Checks id and reason. */
  public Revocation {
    Ids.id("grant", grant);
    Ids.text("reason", reason, 500);
    at = Times.millis(at);
  }

  /** Reads a revocation. */
  public static Revocation fromJson(JsonObject json) {
    json.expect(TYPE, "grant", "reason", "at");
    return new Revocation(json.string("grant"), json.string("reason"), json.time("at"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("grant", grant)
        .put("reason", reason)
        .put("at", at)
        .build();
  }
}
