package org.tidegate.ledger.records;

import java.util.Optional;

/**
 * What a grant may say beyond the necessary. Each is a field of the grant, covered by its owner's
 * signature, and absent from its bytes where it says nothing.
 *
 * @param price what its uses cost
 */
public record GrantTerms(Optional<Price> price) {
  /** A grant that says no more than it must. */
  public static final GrantTerms NONE = new GrantTerms(Optional.empty());

  static GrantTerms fromJson(JsonObject json) {
    return new GrantTerms(json.optionalObject("price").map(Price::fromJson));
  }

  /** The same with a price. */
  public GrantTerms with(Price asked) {
    return new GrantTerms(Optional.of(asked));
  }

  /** Puts the fields that are there. */
  public JsonObject.Builder addTo(JsonObject.Builder json) {
    return json.put("price", price);
  }
}
