package org.tidegate.ledger.records;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Arithmetic modulo p = 2^256 − 2^224 + 2^192 + 2^96 − 1, for verification of public data: tests
 * branch on values.
 *
 * <p>An element a is kept as some number congruent to a·2^260 (Montgomery form) in [0, B), B =
 * 2^256 + 2^255, as five limbs of 52 bits in [0, 2^52), lowest first, at an offset of an array. So
 * an element below B − p has two representations; {@link #isZero} and {@link #equal} know. Outputs
 * may alias inputs; they are written whole.
 *
 * <p>Limbs of 52 bits leave room for sums without carries: with one factor shifted left by 12, the
 * high word of a product of two limbs is its part above 2^52.
 */
final class P256Field {
  static final int LIMBS = 5;

  static final BigInteger P =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  private static final int BITS = 52;
  private static final int SHIFT = 64 - BITS;
  private static final long MASK = (1L << BITS) - 1;

  /** Bits of the highest limb below 2^256. */
  private static final int TOP_BITS = 256 - (LIMBS - 1) * BITS;

  private static final long TOP_MASK = (1L << TOP_BITS) - 1;

  private static final BigInteger RADIX = BigInteger.ONE.shiftLeft(LIMBS * BITS);
  private static final BigInteger RADIX_INVERSE = RADIX.modInverse(P);
  private static final long[] PRIME = limbs(P);
  private static final long[] ONE = limbs(RADIX.mod(P));

  /** 8p, added before what is taken away: three elements are below 8p − 2^256. */
  private static final long[] EIGHT = limbs(P.shiftLeft(3));

  private static final long EIGHT0 = EIGHT[0];
  private static final long EIGHT1 = EIGHT[1];
  private static final long EIGHT2 = EIGHT[2];
  private static final long EIGHT3 = EIGHT[3];
  private static final long EIGHT4 = EIGHT[4];

  private P256Field() {}

  private static long[] limbs(BigInteger value) {
    long[] limbs = new long[LIMBS];
    BigInteger rest = value;
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] = rest.longValue() & MASK;
      rest = rest.shiftRight(BITS);
    }
    return limbs;
  }

  /** Writes {@code value}, in [0, p), in Montgomery form. */
  static void put(BigInteger value, long[] out, int at) {
    System.arraycopy(limbs(value.multiply(RADIX).mod(P)), 0, out, at, LIMBS);
  }

  /** Writes 1. */
  static void putOne(long[] out, int at) {
    System.arraycopy(ONE, 0, out, at, LIMBS);
  }

  /** The value that stands there, in [0, p). */
  static BigInteger get(long[] a, int at) {
    BigInteger value = BigInteger.ZERO;
    for (int i = LIMBS - 1; i >= 0; i--) {
      value = value.shiftLeft(BITS).add(BigInteger.valueOf(a[at + i]));
    }
    return value.multiply(RADIX_INVERSE).mod(P);
  }

  /** Whether the element is 0: the multiples of p below B are 0 and p. */
  static boolean isZero(long[] a, int at) {
    if (a[at] == 0) {
      return (a[at + 1] | a[at + 2] | a[at + 3] | a[at + 4]) == 0;
    }
    return a[at] == PRIME[0] && Arrays.equals(a, at, at + LIMBS, PRIME, 0, LIMBS);
  }

  static boolean equal(long[] a, int aAt, long[] b, int bAt) {
    long[] difference = new long[LIMBS];
    subtract(a, aAt, b, bAt, difference, 0);
    return isZero(difference, 0);
  }

  /** out = a − b. */
  static void subtract(long[] a, int aAt, long[] b, int bAt, long[] out, int at) {
    reduce(
        EIGHT0 + a[aAt] - b[bAt],
        EIGHT1 + a[aAt + 1] - b[bAt + 1],
        EIGHT2 + a[aAt + 2] - b[bAt + 2],
        EIGHT3 + a[aAt + 3] - b[bAt + 3],
        EIGHT4 + a[aAt + 4] - b[bAt + 4],
        out,
        at);
  }

  /** out = a − b − 2c. */
  static void subtract(
      long[] a, int aAt, long[] b, int bAt, long[] c, int cAt, long[] out, int at) {
    reduce(
        EIGHT0 + a[aAt] - b[bAt] - 2 * c[cAt],
        EIGHT1 + a[aAt + 1] - b[bAt + 1] - 2 * c[cAt + 1],
        EIGHT2 + a[aAt + 2] - b[bAt + 2] - 2 * c[cAt + 2],
        EIGHT3 + a[aAt + 3] - b[bAt + 3] - 2 * c[cAt + 3],
        EIGHT4 + a[aAt + 4] - b[bAt + 4] - 2 * c[cAt + 4],
        out,
        at);
  }

  /** out = n·a, for 0 &lt;= n &lt;= 8. */
  static void times(int n, long[] a, int at, long[] out, int outAt) {
    reduce(n * a[at], n * a[at + 1], n * a[at + 2], n * a[at + 3], n * a[at + 4], out, outAt);
  }

  /** out = a + b. */
  static void add(long[] a, int aAt, long[] b, int bAt, long[] out, int at) {
    reduce(
        a[aAt] + b[bAt],
        a[aAt + 1] + b[bAt + 1],
        a[aAt + 2] + b[bAt + 2],
        a[aAt + 3] + b[bAt + 3],
        a[aAt + 4] + b[bAt + 4],
        out,
        at);
  }

  /**
   * Writes v = t0 + 2^52·t1 + … + 2^208·t4 as an element; v is in [2^256, 2^260), or in [0, 2^260)
   * with no limb negative, and limbs are below 2^57 in magnitude.
   *
   * <p>q·p goes, q = ⌊t4 / 2^48⌋. What lies below t4 weighs less than 2^214 either way, so v −
   * q·2^256 is in (−2^214, 2^256 + 2^214), and at least 0 if no limb is negative. To it comes
   * q·(2^256 − p), which is less than 2^229, and above 2^223 unless q = 0; where a limb may be
   * negative, q is at least 1 (8p less three elements is above 2^257). So the result is in [0, B).
   */
  private static void reduce(long t0, long t1, long t2, long t3, long t4, long[] out, int at) {
    long q = t4 >> TOP_BITS;
    // q·p = q·2^256 − q·2^224 + q·2^192 + q·2^96 − q
    long r0 = t0 + q;
    long r1 = t1 - (q << 44) + (r0 >> BITS);
    long r2 = t2 + (r1 >> BITS);
    long r3 = t3 - (q << 36) + (r2 >> BITS);
    long r4 = (t4 & TOP_MASK) + (q << 16) + (r3 >> BITS);
    out[at] = r0 & MASK;
    out[at + 1] = r1 & MASK;
    out[at + 2] = r2 & MASK;
    out[at + 3] = r3 & MASK;
    out[at + 4] = r4;
  }

  /**
   * out = a·b.
   *
   * <p>Row by row with reduction: as −p⁻¹ mod 2^52 = 1, a row whose lowest limb is m takes m·p, and
   * m + m·p = m·(2^256 − 2^224 + 2^192 + 2^96) is shifts. The result is below B²/2^260 + p, and so
   * below B.
   */
  static void multiply(long[] a, int aAt, long[] b, int bAt, long[] out, int at) {
    final long a0 = a[aAt];
    final long a1 = a[aAt + 1];
    final long a2 = a[aAt + 2];
    final long a3 = a[aAt + 3];
    final long a4 = a[aAt + 4];
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    long t4 = 0;
    for (int i = 0; i < LIMBS; i++) {
      final long low = b[bAt + i];
      final long high = low << SHIFT;
      t0 += a0 * low & MASK;
      t1 += Math.unsignedMultiplyHigh(a0, high) + (a1 * low & MASK);
      t2 += Math.unsignedMultiplyHigh(a1, high) + (a2 * low & MASK);
      t3 += Math.unsignedMultiplyHigh(a2, high) + (a3 * low & MASK);
      t4 += Math.unsignedMultiplyHigh(a3, high) + (a4 * low & MASK);
      final long m = t0 & MASK;
      t0 = t1 + (t0 >> BITS) + (m << 44 & MASK);
      t1 = t2 + (m >>> 8);
      t2 = t3 + (m << 36 & MASK);
      t3 = t4 + (m >>> 16) + (m << 48 & MASK) - (m << 16 & MASK);
      t4 = Math.unsignedMultiplyHigh(a4, high) + (m >>> 4) - (m >>> 36);
    }
    carry(t0, t1, t2, t3, t4, out, at);
  }

  /** out = a², as {@link #multiply}, with each mixed product once. */
  static void square(long[] a, int aAt, long[] out, int at) {
    final long a0 = a[aAt];
    final long a1 = a[aAt + 1];
    final long a2 = a[aAt + 2];
    final long a3 = a[aAt + 3];
    final long a4 = a[aAt + 4];
    // Doubled limbs are below 2^53: their products' parts above 2^52 are too, and sums stay exact.
    final long b1 = a1 << 1;
    final long b2 = a2 << 1;
    final long b3 = a3 << 1;
    final long b4 = a4 << 1;
    final long h0 = a0 << SHIFT;
    final long h1 = a1 << SHIFT;
    final long h2 = a2 << SHIFT;
    final long h3 = a3 << SHIFT;
    long t0 = a0 * a0 & MASK;
    long t1 = Math.unsignedMultiplyHigh(h0, a0) + (a0 * b1 & MASK);
    long t2 = Math.unsignedMultiplyHigh(h0, b1) + (a0 * b2 & MASK) + (a1 * a1 & MASK);
    long t3 =
        Math.unsignedMultiplyHigh(h0, b2)
            + Math.unsignedMultiplyHigh(h1, a1)
            + (a0 * b3 & MASK)
            + (a1 * b2 & MASK);
    long t4 =
        Math.unsignedMultiplyHigh(h0, b3)
            + Math.unsignedMultiplyHigh(h1, b2)
            + (a0 * b4 & MASK)
            + (a1 * b3 & MASK)
            + (a2 * a2 & MASK);
    long t5 =
        Math.unsignedMultiplyHigh(h0, b4)
            + Math.unsignedMultiplyHigh(h1, b3)
            + Math.unsignedMultiplyHigh(h2, a2)
            + (a1 * b4 & MASK)
            + (a2 * b3 & MASK);
    long t6 =
        Math.unsignedMultiplyHigh(h1, b4)
            + Math.unsignedMultiplyHigh(h2, b3)
            + (a2 * b4 & MASK)
            + (a3 * a3 & MASK);
    long t7 =
        Math.unsignedMultiplyHigh(h2, b4) + Math.unsignedMultiplyHigh(h3, a3) + (a3 * b4 & MASK);
    long t8 = Math.unsignedMultiplyHigh(h3, b4) + (a4 * a4 & MASK);
    long t9 = Math.unsignedMultiplyHigh(a4 << SHIFT, a4);
    for (int i = 0; i < LIMBS; i++) {
      final long m = t0 & MASK;
      t0 = t1 + (t0 >> BITS) + (m << 44 & MASK);
      t1 = t2 + (m >>> 8);
      t2 = t3 + (m << 36 & MASK);
      t3 = t4 + (m >>> 16) + (m << 48 & MASK) - (m << 16 & MASK);
      t4 = t5 + (m >>> 4) - (m >>> 36);
      t5 = t6;
      t6 = t7;
      t7 = t8;
      t8 = t9;
      t9 = 0;
    }
    carry(t0, t1, t2, t3, t4, out, at);
  }

  private static void carry(long t0, long t1, long t2, long t3, long t4, long[] out, int at) {
    long r1 = t1 + (t0 >> BITS);
    long r2 = t2 + (r1 >> BITS);
    long r3 = t3 + (r2 >> BITS);
    out[at] = t0 & MASK;
    out[at + 1] = r1 & MASK;
    out[at + 2] = r2 & MASK;
    out[at + 3] = r3 & MASK;
    out[at + 4] = t4 + (r3 >> BITS);
  }
}
