package org.tidegate.mpc.security;

/**
 * How hard a protocol is to break. A level below the floors cannot be constructed.
 *
 * @param computationalBits κ: log2 of the work an attacker needs, at least 128
 * @param statisticalBits λ: −log2 of the chance that holds however much work is spent, at least 40
 */
public record SecurityLevel(int computationalBits, int statisticalBits) {
  /** The floor of κ. */
  public static final int COMPUTATIONAL_FLOOR_BITS = 128;

  /** The floor of λ. */
  public static final int STATISTICAL_FLOOR_BITS = 40;

  /** κ = 128, λ = 40. */
  public static final SecurityLevel STANDARD =
      new SecurityLevel(COMPUTATIONAL_FLOOR_BITS, STATISTICAL_FLOOR_BITS);

  /** Checks both floors. */
  public SecurityLevel {
    if (computationalBits < COMPUTATIONAL_FLOOR_BITS || computationalBits > 256) {
      throw new InsecureParameterException(
          "computational security of "
              + computationalBits
              + " bits is not within "
              + COMPUTATIONAL_FLOOR_BITS
              + " and 256; set at least "
              + COMPUTATIONAL_FLOOR_BITS);
    }
    if (statisticalBits < STATISTICAL_FLOOR_BITS || statisticalBits > 128) {
      throw new InsecureParameterException(
          "statistical security of "
              + statisticalBits
              + " bits is not within "
              + STATISTICAL_FLOOR_BITS
              + " and 128; set at least "
              + STATISTICAL_FLOOR_BITS);
    }
  }
}
