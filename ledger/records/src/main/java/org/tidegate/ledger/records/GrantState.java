package org.tidegate.ledger.records;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A grant as it stands on the ledger.
 *
 * @param granted the grant, signed by its owner
 * @param revocation its end by the owner, signed, or empty
 * @param grades grades above general of the columns granted, where the product is classified; a
 *     {@link GradePolicy} goes by them at every use
 */
public record GrantState(
    SignedGrant granted,
    Optional<Signed<Revocation>> revocation,
    Optional<SortedMap<String, Grade>> grades)
    implements CanonicalRecord {
  /** Copies. */
  public GrantState {
    grades = grades.map(map -> Collections.unmodifiableSortedMap(new TreeMap<>(map)));
  }

  /** A grant on a product that is not classified. */
  public GrantState(SignedGrant granted, Optional<Signed<Revocation>> revocation) {
    this(granted, revocation, Optional.empty());
  }

  /** Reads a grant's state. */
  public static GrantState fromJson(JsonObject json) {
    json.allowOnly("granted", "revocation", "grades");
    return new GrantState(
        SignedGrant.fromJson(json.object("granted")),
        json.has("revocation")
            ? Optional.of(Revocation.signedFromJson(json.object("revocation")))
            : Optional.empty(),
        json.optionalObject("grades").map(Classification::grades));
  }

  /** The grant. */
  public Grant grant() {
    return granted.body();
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("granted", granted)
        .put("revocation", revocation)
        .put("grades", grades.map(Classification::json))
        .build();
  }
}
