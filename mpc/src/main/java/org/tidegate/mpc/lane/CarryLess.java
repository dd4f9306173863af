package org.tidegate.mpc.lane;

/**
 * Products of polynomials over GF(2) from integer products of operands with holes (BearSSL's
 * trick): of every four bits one is kept, so the columns that matter are four bits apart. At most
 * 16 products of bits meet in a column of the lower half; a sum of 16 carries one place too far,
 * but only beyond bit 60, out of the word. The upper half of a 128-bit product is the lower half of
 * the product of the reversed operands.
 */
final class CarryLess {
  private static final long EVERY_FOURTH = 0x1111111111111111L;

  private CarryLess() {}

  /** The upper 64 bits of the product. */
  static long high(long a, long b) {
    return Long.reverse(low(Long.reverse(a), Long.reverse(b))) >>> 1;
  }

  /** The lower 64 bits of the product. */
  static long low(long a, long b) {
    long a0 = a & EVERY_FOURTH;
    long a1 = a & EVERY_FOURTH << 1;
    long a2 = a & EVERY_FOURTH << 2;
    long a3 = a & EVERY_FOURTH << 3;
    long b0 = b & EVERY_FOURTH;
    long b1 = b & EVERY_FOURTH << 1;
    long b2 = b & EVERY_FOURTH << 2;
    long b3 = b & EVERY_FOURTH << 3;
    long c0 = a0 * b0 ^ a1 * b3 ^ a2 * b2 ^ a3 * b1;
    long c1 = a0 * b1 ^ a1 * b0 ^ a2 * b3 ^ a3 * b2;
    long c2 = a0 * b2 ^ a1 * b1 ^ a2 * b0 ^ a3 * b3;
    long c3 = a0 * b3 ^ a1 * b2 ^ a2 * b1 ^ a3 * b0;
    return c0 & EVERY_FOURTH
        | c1 & EVERY_FOURTH << 1
        | c2 & EVERY_FOURTH << 2
        | c3 & EVERY_FOURTH << 3;
  }
}
