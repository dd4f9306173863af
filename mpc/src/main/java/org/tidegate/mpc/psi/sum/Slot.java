package org.tidegate.mpc.psi.sum;

/**
 * One column of values to be summed.
 *
 * @param name what errors call it
 * @param valueBits every value v has |v| &lt; 2^valueBits: 63 for 64-bit integers (their least
 *     value excepted: take 64), 1 for a count of ones, 2098 for doubles at 2^-1074
 */
public record Slot(String name, int valueBits) {
  /** Checks the bits. */
  public Slot {
    if (valueBits < 1 || valueBits > 8192) {
      throw new IllegalArgumentException(
          "column " + name + ": values of " + valueBits + " bits are not within 1 and 8192");
    }
  }
}
