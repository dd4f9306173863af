package org.tidegate.mpc.lane;

/**
 * {@link Gf128} one product after the other: the reference of the vector versions.
 *
 * <p>Carry-less products come from integer products of operands with holes (BearSSL's trick): of
 * every four bits one is kept, so the columns that matter are four bits apart. At most 16 products
 * of bits meet in a column of the lower half; a sum of 16 carries one place too far, but only
 * beyond bit 60, out of the word. The upper half of a 128-bit product is the lower half of the
 * product of the reversed operands.
 */
public final class Gf128Scalar implements Gf128 {
  private static final long EVERY_FOURTH = 0x1111111111111111L;

  @Override
  public void multiply(
      long[] rl, long[] rh, long[] al, long[] ah, long[] bl, long[] bh, int from, int to) {
    for (int i = from; i < to; i++) {
      long a0 = al[i];
      long a1 = ah[i];
      long b0 = bl[i];
      long b1 = bh[i];
      // Karatsuba: a·b = p + (s + p + q)·x^64 + q·x^128.
      long p0 = low(a0, b0);
      long p1 = high(a0, b0);
      long q0 = low(a1, b1);
      long q1 = high(a1, b1);
      long m0 = low(a0 ^ a1, b0 ^ b1) ^ p0 ^ q0;
      long m1 = high(a0 ^ a1, b0 ^ b1) ^ p1 ^ q1;
      long w1 = p1 ^ m0;
      long w2 = q0 ^ m1;
      // Fold x^192 and x^128 down: x^128 = x^7 + x^2 + x + 1.
      w1 ^= q1 ^ q1 << 1 ^ q1 << 2 ^ q1 << 7;
      w2 ^= q1 >>> 63 ^ q1 >>> 62 ^ q1 >>> 57;
      rl[i] = p0 ^ w2 ^ w2 << 1 ^ w2 << 2 ^ w2 << 7;
      rh[i] = w1 ^ w2 >>> 63 ^ w2 >>> 62 ^ w2 >>> 57;
    }
  }

  private static long high(long a, long b) {
    return Long.reverse(low(Long.reverse(a), Long.reverse(b))) >>> 1;
  }

  /** The lower 64 bits of the carry-less product. */
  private static long low(long a, long b) {
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
