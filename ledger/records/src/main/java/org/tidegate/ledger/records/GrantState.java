package org.tidegate.ledger.records;

import java.util.Optional;

/**
 * A grant as it stands on the ledger.
 *
 * @param granted the grant, signed by its owner
 * @param revocation its end by the owner, signed, or empty
 */
public record GrantState(SignedGrant granted, Optional<Signed<Revocation>> revocation)
    implements CanonicalRecord {
  /** Reads a grant's state. */
  public static GrantState fromJson(JsonObject json) {
    json.allowOnly("granted", "revocation");
    return new GrantState(
        SignedGrant.fromJson(json.object("granted")),
        json.has("revocation")
            ? Optional.of(Revocation.signedFromJson(json.object("revocation")))
            : Optional.empty());
  }

  /** The grant. */
  public Grant grant() {
    return granted.body();
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("granted", granted).put("revocation", revocation).build();
  }
}
