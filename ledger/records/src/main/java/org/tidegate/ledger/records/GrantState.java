package org.tidegate.ledger.records;

import java.util.Optional;

/**
 * A grant as it stands on the ledger.
 *
 * @param grant the grant
 * @param revocation its end by the owner, or empty
 */
public record GrantState(Grant grant, Optional<Revocation> revocation) implements CanonicalRecord {
  /** Reads a grant's state. */
  public static GrantState fromJson(JsonObject json) {
    json.allowOnly("grant", "revocation");
    return new GrantState(
        Grant.fromJson(json.object("grant")),
        json.has("revocation")
            ? Optional.of(Revocation.fromJson(json.object("revocation")))
            : Optional.empty());
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("grant", grant).put("revocation", revocation).build();
  }
}
