package org.tidegate.mpc.lane;

/** {@link Gf128} one product after the other: the reference of the vector versions. */
public final class Gf128Scalar implements Gf128 {
  @Override
  public void multiply(
      long[] rl, long[] rh, long[] al, long[] ah, long[] bl, long[] bh, int from, int to) {
    for (int i = from; i < to; i++) {
      long a0 = al[i];
      long a1 = ah[i];
      long b0 = bl[i];
      long b1 = bh[i];
      // Karatsuba: a·b = p + (s + p + q)·x^64 + q·x^128.
      long p0 = CarryLess.low(a0, b0);
      long p1 = CarryLess.high(a0, b0);
      long q0 = CarryLess.low(a1, b1);
      long q1 = CarryLess.high(a1, b1);
      long m0 = CarryLess.low(a0 ^ a1, b0 ^ b1) ^ p0 ^ q0;
      long m1 = CarryLess.high(a0 ^ a1, b0 ^ b1) ^ p1 ^ q1;
      long w1 = p1 ^ m0;
      long w2 = q0 ^ m1;
      // Fold x^192 and x^128 down: x^128 = x^7 + x^2 + x + 1.
      w1 ^= q1 ^ q1 << 1 ^ q1 << 2 ^ q1 << 7;
      w2 ^= q1 >>> 63 ^ q1 >>> 62 ^ q1 >>> 57;
      rl[i] = p0 ^ w2 ^ w2 << 1 ^ w2 << 2 ^ w2 << 7;
      rh[i] = w1 ^ w2 >>> 63 ^ w2 >>> 62 ^ w2 >>> 57;
    }
  }

  @Override
  public void innerProduct(
      long[] sum, long[] al, long[] ah, long[] bl, long[] bh, int from, int to) {
    long w0 = 0;
    long w1 = 0;
    long w2 = 0;
    long w3 = 0;
    for (int i = from; i < to; i++) {
      long p0 = CarryLess.low(al[i], bl[i]);
      long p1 = CarryLess.high(al[i], bl[i]);
      long q0 = CarryLess.low(ah[i], bh[i]);
      long q1 = CarryLess.high(ah[i], bh[i]);
      w0 ^= p0;
      w1 ^= p1 ^ CarryLess.low(al[i] ^ ah[i], bl[i] ^ bh[i]) ^ p0 ^ q0;
      w2 ^= q0 ^ CarryLess.high(al[i] ^ ah[i], bl[i] ^ bh[i]) ^ p1 ^ q1;
      w3 ^= q1;
    }
    w1 ^= w3 ^ w3 << 1 ^ w3 << 2 ^ w3 << 7;
    w2 ^= w3 >>> 63 ^ w3 >>> 62 ^ w3 >>> 57;
    sum[0] = w0 ^ w2 ^ w2 << 1 ^ w2 << 2 ^ w2 << 7;
    sum[1] = w1 ^ w2 >>> 63 ^ w2 >>> 62 ^ w2 >>> 57;
  }
}
