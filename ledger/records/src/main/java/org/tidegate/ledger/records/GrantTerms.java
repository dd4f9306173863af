package org.tidegate.ledger.records;

import java.util.Optional;

/**
 * What a grant may say beyond the necessary. Each is a field of the grant, covered by its owner's
 * signature, and absent from its bytes where it says nothing.
 *
 * @param price what its uses cost
 * @param frequency how often it may be used, besides its count
 * @param budget how much privacy its uses may spend together
 */
public record GrantTerms(
    Optional<Price> price, Optional<Frequency> frequency, Optional<Budget> budget) {
  /** A grant that says no more than it must. */
  public static final GrantTerms NONE =
      new GrantTerms(Optional.empty(), Optional.empty(), Optional.empty());

  static GrantTerms fromJson(JsonObject json) {
    return new GrantTerms(
        json.optionalObject("price").map(Price::fromJson),
        json.optionalObject("frequency").map(Frequency::fromJson),
        json.optionalObject("budget").map(Budget::fromJson));
  }

  /** The same with a price. */
  public GrantTerms with(Price asked) {
    return new GrantTerms(Optional.of(asked), frequency, budget);
  }

  /** The same with a frequency. */
  public GrantTerms with(Frequency most) {
    return new GrantTerms(price, Optional.of(most), budget);
  }

  /** The same with a budget. */
  public GrantTerms with(Budget most) {
    return new GrantTerms(price, frequency, Optional.of(most));
  }

  /** Puts the fields that are there. */
  public JsonObject.Builder addTo(JsonObject.Builder json) {
    return json.put("price", price).put("frequency", frequency).put("budget", budget);
  }
}
