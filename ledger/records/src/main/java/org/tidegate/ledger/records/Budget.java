package org.tidegate.ledger.records;

/**
 * How much privacy a grant's uses may spend together, in millionths of ε (epsilon, of differential
 * privacy; uses add up by sequential composition [Dwork and Roth 2014, theorem 3.16]). The budget
 * is divided into equal slices; a use takes as many whole ones as it needs.
 *
 * @param slice millionths of ε in a slice, 1 to 1,000,000,000
 * @param slices how many there are, 1 to 100,000
 */
public record Budget(long slice, int slices) implements CanonicalRecord {
  /** The greatest number of slices of a grant. */
  public static final int MAX_SLICES = 100_000;

  /** The greatest number of slices that one use takes. */
  public static final int MAX_TAKEN = 1_000;

  private static final long MAX_SLICE = 1_000_000_000L;

  /** Checks the ranges. */
  public Budget {
    if (slice < 1 || slice > MAX_SLICE) {
      throw new RecordException("budget: slice " + slice + "; expected 1 to " + MAX_SLICE);
    }
    if (slices < 1 || slices > MAX_SLICES) {
      throw new RecordException("budget: slices " + slices + "; expected 1 to " + MAX_SLICES);
    }
  }

  /** How many slices a use takes that spends {@code microEpsilon}: rounded up. */
  public long taken(long microEpsilon) {
    return (microEpsilon + slice - 1) / slice;
  }

  /** Reads a budget. */
  public static Budget fromJson(JsonObject json) {
    json.allowOnly("slice", "slices");
    return new Budget(
        json.number("slice", 1, MAX_SLICE), (int) json.number("slices", 1, MAX_SLICES));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("slice", slice).put("slices", slices).build();
  }
}
