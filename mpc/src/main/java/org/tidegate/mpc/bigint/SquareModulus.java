package org.tidegate.mpc.bigint;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Montgomery arithmetic modulo m² for odd m, with half-length operands: a residue a is the pair (u,
 * v) with a·R ≡ u + v·m (mod m²), so a product needs no arithmetic of the length of m². From u₁·u₂
 * = t·R − q·m (Montgomery's reduction gives t and q) follows
 *
 * <pre>(u₁ + v₁·m)·(u₂ + v₂·m)·R⁻¹ ≡ t + m·[(u₁·v₂ + u₂·v₁ − q)·R⁻¹ mod m]   (mod m²),</pre>
 *
 * five products of the length of m instead of the eight that Montgomery's method modulo m² takes.
 *
 * <p>Representation: limbs in radix 2^57, R = 2^(57·n) ≥ 8·m. Invariant: u &lt; 1.5·m, v &lt; 2·m;
 * then u' &lt; 2.25·m²/R + m &lt; 1.3·m and v' &lt; (6·m² + R + m)/R + m &lt; 1.75·m + 2. A pair is
 * 2·n longs: u, then v.
 *
 * <p>Columns: the digits of x·y in radix 2^57 are {@code x·y & MASK} and {@code
 * unsignedMultiplyHigh(x << 7, y)}, both below 2^57, so a column of at most 108 digits stays below
 * 2^63.8 as an unsigned long; carries are taken once per column.
 */
final class SquareModulus {
  private static final int RADIX = 57;
  private static final long MASK = (1L << RADIX) - 1;
  private static final int MAX_LIMBS = 108;

  private final BigInteger m;
  private final BigInteger square;
  private final BigInteger r;
  private final int n;
  private final long[] modulus;
  private final long[] kay; // the least multiple of m that is at least R, n + 1 limbs
  private final long inverse; // −1/m modulo 2^57

  SquareModulus(BigInteger m) {
    if (m.signum() <= 0 || !m.testBit(0)) {
      throw new IllegalArgumentException("the modulus is odd and positive");
    }
    this.m = m;
    this.square = m.multiply(m);
    this.n = (m.bitLength() + 3 + RADIX - 1) / RADIX;
    if (n > MAX_LIMBS) {
      throw new IllegalArgumentException(
          "a modulus of " + m.bitLength() + " bits is longer than " + (MAX_LIMBS * RADIX - 3));
    }
    this.r = BigInteger.ONE.shiftLeft(RADIX * n);
    this.modulus = limbs(m, n);
    this.kay = limbs(r.add(m).subtract(BigInteger.ONE).divide(m).multiply(m), n + 1);
    BigInteger radix = BigInteger.ONE.shiftLeft(RADIX);
    this.inverse = radix.subtract(m.modInverse(radix)).longValue();
  }

  /** Longs of a pair. */
  int pairLongs() {
    return 2 * n;
  }

  BigInteger square() {
    return square;
  }

  /** R modulo m². */
  BigInteger montgomeryFactor() {
    return r.mod(square);
  }

  /** The pair of a, in [0, m²), times R. */
  void toMontgomery(long[] pair, int offset, BigInteger a) {
    split(pair, offset, a.shiftLeft(RADIX * n).mod(square));
  }

  /** The pair with u + v·m = a, for a in [0, m²): it stands for a/R. */
  void split(long[] pair, int offset, BigInteger a) {
    BigInteger[] parts = a.divideAndRemainder(m);
    System.arraycopy(limbs(parts[1], n), 0, pair, offset, n);
    System.arraycopy(limbs(parts[0], n), 0, pair, offset + n, n);
  }

  /** u + v·m modulo m²: what the pair stands for, times R. */
  BigInteger join(long[] pair, int offset) {
    return integer(pair, offset, n).add(integer(pair, offset + n, n).multiply(m)).mod(square);
  }

  private static long[] limbs(BigInteger value, int count) {
    // Packs the bytes from the least significant one: no shifts of big integers.
    byte[] bytes = value.toByteArray();
    long[] limbs = new long[count];
    long window = 0;
    int bits = 0;
    int limb = 0;
    for (int i = bytes.length - 1; i >= 0 && limb < count; i--) {
      long octet = bytes[i] & 0xffL;
      window |= octet << bits;
      bits += 8;
      if (bits >= RADIX) {
        limbs[limb++] = window & MASK;
        bits -= RADIX;
        window = octet >>> 8 - bits;
      }
    }
    if (limb < count) {
      limbs[limb] = window & MASK;
    }
    return limbs;
  }

  private static BigInteger integer(long[] limbs, int offset, int count) {
    byte[] bytes = new byte[(RADIX * count + 7) / 8 + 8];
    long window = 0;
    int bits = 0;
    int at = bytes.length - 1;
    for (int i = 0; i < count; i++) {
      long limb = limbs[offset + i];
      // At most 7 bits wait here, so 64 bits are enough.
      window |= limb << bits;
      bits += RADIX;
      while (bits >= 8) {
        bytes[at--] = (byte) window;
        window >>>= 8;
        bits -= 8;
      }
    }
    bytes[at] = (byte) window;
    return new BigInteger(1, bytes);
  }

  /** How many longs of scratch space {@link #multiply} needs. */
  int scratchLongs() {
    return 3 * n + 1;
  }

  /**
   * c = a·b/R; c may be a or b.
   *
   * @param scratch {@link #scratchLongs} longs
   */
  void multiply(long[] c, int co, long[] a, int ao, long[] b, int bo, long[] scratch) {
    int d = n;
    int q2 = 2 * n + 1;
    // t = (u₁·u₂ + q·m)/R; q in scratch[0, n). t waits in scratch[q2, …) while u₁ and u₂ are
    // needed.
    reduceProduct(a, ao, b, bo, scratch);
    // d = K − q ≥ 0, n + 1 limbs.
    long borrow = 0;
    for (int i = 0; i < n; i++) {
      long digit = kay[i] - scratch[i] + borrow;
      scratch[d + i] = digit & MASK;
      borrow = digit >> RADIX;
    }
    scratch[d + n] = kay[n] + borrow;
    reduceCross(c, co, a, ao, b, bo, scratch, d, q2);
  }

  // scratch[0, n) = q, scratch[2n + 1, 3n + 1) = t.
  private void reduceProduct(long[] a, int ao, long[] b, int bo, long[] scratch) {
    int n = this.n;
    long[] m = modulus;
    long carry = 0;
    long high = 0;
    long highQ = 0;
    for (int k = 0; k < 2 * n; k++) {
      long low = 0;
      long lowQ = 0;
      long nextHigh = 0;
      long nextHighQ = 0;
      int from = Math.max(0, k - n + 1);
      int to = Math.min(k, n - 1);
      for (int i = from; i <= to; i++) {
        long x = a[ao + i];
        long y = b[bo + k - i];
        low += x * y & MASK;
        nextHigh += Math.unsignedMultiplyHigh(x << 7, y);
      }
      int toQ = Math.min(k - 1, n - 1);
      for (int i = from; i <= toQ; i++) {
        long x = scratch[i];
        long y = m[k - i];
        lowQ += x * y & MASK;
        nextHighQ += Math.unsignedMultiplyHigh(x << 7, y);
      }
      long t = (low & MASK) + (lowQ & MASK) + (high & MASK) + (highQ & MASK) + carry;
      carry = (low >>> RADIX) + (lowQ >>> RADIX) + (high >>> RADIX) + (highQ >>> RADIX);
      if (k < n) {
        long q = (t & MASK) * inverse & MASK;
        scratch[k] = q;
        t += q * m[0] & MASK;
        nextHighQ += Math.unsignedMultiplyHigh(q << 7, m[0]);
      } else {
        scratch[n + 1 + k] = t & MASK;
      }
      carry += t >>> RADIX;
      high = nextHigh;
      highQ = nextHighQ;
    }
    assert carry == 0 && high == 0 && highQ == 0 : "t has more than n limbs";
  }

  // v = (u₁·v₂ + u₂·v₁ + d + q'·m)/R, then u = t; q' replaces q in scratch[0, n).
  private void reduceCross(
      long[] c, int co, long[] a, int ao, long[] b, int bo, long[] scratch, int d, int t0) {
    int n = this.n;
    long[] m = modulus;
    long carry = 0;
    long high1 = 0;
    long high2 = 0;
    long highQ = 0;
    // v may lie over an operand: its limbs wait where d is no longer needed.
    for (int k = 0; k < 2 * n; k++) {
      long low1 = 0;
      long low2 = 0;
      long lowQ = 0;
      long next1 = 0;
      long next2 = 0;
      long nextQ = 0;
      int from = Math.max(0, k - n + 1);
      int to = Math.min(k, n - 1);
      for (int i = from; i <= to; i++) {
        long x = a[ao + i];
        long y = b[bo + n + k - i];
        low1 += x * y & MASK;
        next1 += Math.unsignedMultiplyHigh(x << 7, y);
      }
      for (int i = from; i <= to; i++) {
        long x = a[ao + n + i];
        long y = b[bo + k - i];
        low2 += x * y & MASK;
        next2 += Math.unsignedMultiplyHigh(x << 7, y);
      }
      int toQ = Math.min(k - 1, n - 1);
      for (int i = from; i <= toQ; i++) {
        long x = scratch[i];
        long y = m[k - i];
        lowQ += x * y & MASK;
        nextQ += Math.unsignedMultiplyHigh(x << 7, y);
      }
      long t =
          (low1 & MASK)
              + (low2 & MASK)
              + (lowQ & MASK)
              + (high1 & MASK)
              + (high2 & MASK)
              + (highQ & MASK)
              + (k <= n ? scratch[d + k] : 0)
              + carry;
      carry =
          (low1 >>> RADIX)
              + (low2 >>> RADIX)
              + (lowQ >>> RADIX)
              + (high1 >>> RADIX)
              + (high2 >>> RADIX)
              + (highQ >>> RADIX);
      if (k < n) {
        long q = (t & MASK) * inverse & MASK;
        scratch[k] = q;
        t += q * m[0] & MASK;
        nextQ += Math.unsignedMultiplyHigh(q << 7, m[0]);
      } else {
        // Column k reads scratch[d + k] for k ≤ n only: limb k − n of d is free.
        scratch[d + k - n] = t & MASK;
      }
      carry += t >>> RADIX;
      high1 = next1;
      high2 = next2;
      highQ = nextQ;
    }
    assert carry == 0 && high1 == 0 && high2 == 0 && highQ == 0 : "v has more than n limbs";
    System.arraycopy(scratch, t0, c, co, n);
    System.arraycopy(scratch, d, c, co + n, n);
  }

  /** The pair of one, times R. */
  void setOne(long[] pair, int offset) {
    Arrays.fill(pair, offset, offset + 2 * n, 0);
    split(pair, offset, montgomeryFactor());
  }
}
