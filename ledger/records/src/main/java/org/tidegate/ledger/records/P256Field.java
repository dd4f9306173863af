package org.tidegate.ledger.records;

import java.math.BigInteger;

/**
 * Arithmetic modulo p = 2^256 − 2^224 + 2^192 + 2^96 − 1, for verification of public data: branches
 * depend on values.
 *
 * <p>An element a is kept as a·2^256 mod p (Montgomery form), four 64-bit limbs, lowest first, in
 * [0, p), at an offset of an array. Outputs may alias inputs; they are written whole.
 */
final class P256Field {
  static final int LIMBS = 4;

  static final BigInteger P =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  private static final long P0 = 0xffffffffffffffffL;
  private static final long P1 = 0x00000000ffffffffL;
  private static final long P3 = 0xffffffff00000001L;
  private static final BigInteger RADIX = BigInteger.ONE.shiftLeft(256);
  private static final BigInteger RADIX_INVERSE = RADIX.modInverse(P);

  private P256Field() {}

  /** Writes {@code value}, in [0, p), in Montgomery form. */
  static void put(BigInteger value, long[] out, int at) {
    BigInteger rest = value.multiply(RADIX).mod(P);
    for (int i = 0; i < LIMBS; i++) {
      out[at + i] = rest.longValue();
      rest = rest.shiftRight(64);
    }
  }

  /** The value that stands there. */
  static BigInteger get(long[] a, int at) {
    byte[] bytes = new byte[8 * LIMBS];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (a[at + LIMBS - 1 - i / 8] >>> 56 - 8 * (i % 8));
    }
    return new BigInteger(1, bytes).multiply(RADIX_INVERSE).mod(P);
  }

  static boolean isZero(long[] a, int at) {
    return (a[at] | a[at + 1] | a[at + 2] | a[at + 3]) == 0;
  }

  static boolean equal(long[] a, int aAt, long[] b, int bAt) {
    return a[aAt] == b[bAt]
        && a[aAt + 1] == b[bAt + 1]
        && a[aAt + 2] == b[bAt + 2]
        && a[aAt + 3] == b[bAt + 3];
  }

  /** out = a − b. */
  static void subtract(long[] a, int aAt, long[] b, int bAt, long[] out, int at) {
    long b0 = b[bAt];
    long d0 = a[aAt] - b0;
    long borrow = below(a[aAt], b0);
    long d1 = a[aAt + 1] - b[bAt + 1];
    long borrow1 = below(a[aAt + 1], b[bAt + 1]) + below(d1, borrow);
    d1 -= borrow;
    long d2 = a[aAt + 2] - b[bAt + 2];
    long borrow2 = below(a[aAt + 2], b[bAt + 2]) + below(d2, borrow1);
    d2 -= borrow1;
    long d3 = a[aAt + 3] - b[bAt + 3];
    long borrow3 = below(a[aAt + 3], b[bAt + 3]) + below(d3, borrow2);
    d3 -= borrow2;
    if (borrow3 != 0) {
      // Adds p; the carry out cancels the borrow.
      long s0 = d0 + P0;
      long c = below(s0, d0);
      long s1 = d1 + P1;
      long c1 = below(s1, d1);
      s1 += c;
      c1 += below(s1, c);
      long s2 = d2 + c1;
      long c2 = below(s2, c1);
      d3 = d3 + P3 + c2;
      d0 = s0;
      d1 = s1;
      d2 = s2;
    }
    out[at] = d0;
    out[at + 1] = d1;
    out[at + 2] = d2;
    out[at + 3] = d3;
  }

  /**
   * out = a·b.
   *
   * <p>Row by row with reduction: as −p⁻¹ mod 2^64 = 1, each row adds t0·p, and t0 + t0·p =
   * t0·(2^96 + 2^192·(2^64 − 2^32 + 1)).
   */
  static void multiply(long[] a, int aAt, long[] b, int bAt, long[] out, int at) {
    final long a0 = a[aAt];
    final long a1 = a[aAt + 1];
    final long a2 = a[aAt + 2];
    final long a3 = a[aAt + 3];
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    long t4 = 0;
    for (int i = 0; i < LIMBS; i++) {
      long bi = b[bAt + i];
      long low = a0 * bi;
      long carry = Math.unsignedMultiplyHigh(a0, bi);
      t0 += low;
      carry += below(t0, low);

      low = a1 * bi;
      long high = Math.unsignedMultiplyHigh(a1, bi);
      t1 += low;
      high += below(t1, low);
      t1 += carry;
      carry = high + below(t1, carry);

      low = a2 * bi;
      high = Math.unsignedMultiplyHigh(a2, bi);
      t2 += low;
      high += below(t2, low);
      t2 += carry;
      carry = high + below(t2, carry);

      low = a3 * bi;
      high = Math.unsignedMultiplyHigh(a3, bi);
      t3 += low;
      high += below(t3, low);
      t3 += carry;
      carry = high + below(t3, carry);

      t4 += carry;
      long t5 = below(t4, carry);

      long shifted = t0 << 32;
      t1 += shifted;
      carry = below(t1, shifted);
      shifted = (t0 >>> 32) + carry;
      t2 += shifted;
      carry = below(t2, shifted);
      low = t0 * P3;
      high = Math.unsignedMultiplyHigh(t0, P3);
      t3 += low;
      high += below(t3, low);
      t3 += carry;
      high += below(t3, carry);
      t4 += high;
      t5 += below(t4, high);
      t0 = t1;
      t1 = t2;
      t2 = t3;
      t3 = t4;
      t4 = t5;
    }
    reduce(t0, t1, t2, t3, t4, out, at);
  }

  /** out = t mod p, for t &lt; 2p. */
  private static void reduce(long t0, long t1, long t2, long t3, long t4, long[] out, int at) {
    long d0 = t0 - P0;
    long borrow = below(t0, P0);
    long d1 = t1 - P1;
    long borrow1 = below(t1, P1) + below(d1, borrow);
    d1 -= borrow;
    long d2 = t2 - borrow1;
    long borrow2 = below(t2, borrow1);
    long d3 = t3 - P3;
    long borrow3 = below(t3, P3) + below(d3, borrow2);
    d3 -= borrow2;
    boolean keep = t4 == 0 && borrow3 != 0;
    out[at] = keep ? t0 : d0;
    out[at + 1] = keep ? t1 : d1;
    out[at + 2] = keep ? t2 : d2;
    out[at + 3] = keep ? t3 : d3;
  }

  private static long below(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
  }
}
