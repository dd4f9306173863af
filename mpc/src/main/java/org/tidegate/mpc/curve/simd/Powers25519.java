package org.tidegate.mpc.curve.simd;

import java.math.BigInteger;
import org.tidegate.mpc.lane.Field25519;
import org.tidegate.mpc.lane.Limbs25519;

/**
 * Inverses and square roots modulo p = 2^255 − 19 in lanes.
 *
 * <p>Works in a scratch area of its own, so an instance serves one thread. No branch depends on
 * elements.
 */
final class Powers25519 {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  final Field25519 field;
  final Limbs25519 limbs;
  private final int slot;
  private final double[] w;
  private final int t0;
  private final int t1;
  private final int t2;
  private final int t3;
  private final int root;
  private final int check;
  private final int zero;
  private final int one;
  private final int sqrtMinusOne;
  private final double[] correct;
  private final double[] flipped;
  private final double[] flippedByI;

  Powers25519(Field25519 field) {
    this.field = field;
    slot = field.slot();
    limbs = new Limbs25519(field.lanes());
    t0 = 0;
    t1 = slot;
    t2 = 2 * slot;
    t3 = 3 * slot;
    root = 4 * slot;
    check = 5 * slot;
    zero = 6 * slot;
    one = 7 * slot;
    sqrtMinusOne = 8 * slot;
    w = new double[9 * slot];
    correct = new double[field.lanes()];
    flipped = new double[field.lanes()];
    flippedByI = new double[field.lanes()];
    limbs.broadcast(w, one, bytes(BigInteger.ONE));
    limbs.broadcast(w, sqrtMinusOne, bytes(SQRT_MINUS_ONE));
  }

  /** √−1, the even one (RFC 9496, 4.1). */
  static final BigInteger SQRT_MINUS_ONE =
      new BigInteger(
          "19681161376707505956807079304988542015446066515923890162744021073123829784752");

  /** 32 bytes, little-endian, of a value modulo p. */
  static byte[] bytes(BigInteger value) {
    byte[] big = value.mod(P).toByteArray();
    byte[] little = new byte[32];
    for (int i = 0; i < Math.min(32, big.length); i++) {
      little[i] = big[big.length - 1 - i];
    }
    return little;
  }

  /** r = 1 / a, and 0 for 0, for tight a. */
  void invert(double[] r, int ro, double[] a, int ao) {
    powerOfTwo250MinusOne(a, ao);
    field.squareTimes(w, t2, w, t1, 5);
    field.multiply(r, ro, w, t2, w, t0);
  }

  /** r = a^((p − 5) / 8) = a^(2^252 − 3), for tight a that is not r. */
  private void powerForRoot(double[] r, int ro, double[] a, int ao) {
    powerOfTwo250MinusOne(a, ao);
    field.squareTimes(w, t2, w, t1, 2);
    field.multiply(r, ro, w, t2, a, ao);
  }

  /** t1 = a^(2^250 − 1), t0 = a^11. */
  private void powerOfTwo250MinusOne(double[] a, int ao) {
    field.square(w, t0, a, ao); // 2
    field.squareTimes(w, t1, w, t0, 2); // 8
    field.multiply(w, t1, w, t1, a, ao); // 9
    field.multiply(w, t0, w, t0, w, t1); // 11
    field.square(w, t2, w, t0); // 22
    field.multiply(w, t1, w, t1, w, t2); // 2^5 - 1
    field.squareTimes(w, t2, w, t1, 5);
    field.multiply(w, t1, w, t2, w, t1); // 2^10 - 1
    field.squareTimes(w, t2, w, t1, 10);
    field.multiply(w, t2, w, t2, w, t1); // 2^20 - 1
    field.squareTimes(w, t3, w, t2, 20);
    field.multiply(w, t2, w, t3, w, t2); // 2^40 - 1
    field.squareTimes(w, t2, w, t2, 10);
    field.multiply(w, t1, w, t2, w, t1); // 2^50 - 1
    field.squareTimes(w, t2, w, t1, 50);
    field.multiply(w, t2, w, t2, w, t1); // 2^100 - 1
    field.squareTimes(w, t3, w, t2, 100);
    field.multiply(w, t2, w, t3, w, t2); // 2^200 - 1
    field.squareTimes(w, t2, w, t2, 50);
    field.multiply(w, t1, w, t2, w, t1); // 2^250 - 1
  }

  /**
   * SQRT_RATIO_M1 of RFC 9496, 4.2: r = |√(u/v)| where u/v is a square, else |√(i·u/v)|.
   *
   * @param square receives 1 in the lanes where u/v is a square (also for u = 0), else 0
   * @param u tight, not r
   * @param v tight, not r
   */
  void sqrtRatio(double[] r, int ro, double[] square, double[] u, int uo, double[] v, int vo) {
    // u·v³·(u·v⁷)^((p−5)/8)
    field.square(w, check, v, vo);
    field.multiply(w, check, w, check, v, vo);
    field.multiply(w, root, w, check, u, uo); // u·v³
    field.square(w, check, w, check);
    field.multiply(w, check, w, check, v, vo);
    field.multiply(w, check, w, check, u, uo); // u·v⁷
    powerForRoot(r, ro, w, check);
    field.multiply(w, root, w, root, r, ro);

    field.square(w, check, w, root);
    field.multiply(w, check, w, check, v, vo);
    field.subtract(w, t0, w, check, u, uo);
    limbs.zero(correct, w, t0);
    field.add(w, t0, w, check, u, uo);
    limbs.zero(flipped, w, t0);
    field.multiply(w, t1, u, uo, w, sqrtMinusOne);
    field.add(w, t0, w, check, w, t1);
    limbs.zero(flippedByI, w, t0);
    for (int k = 0; k < flipped.length; k++) {
      // For u = 0 all three hold; then the root is 0 anyway.
      square[k] = Math.max(correct[k], flipped[k]);
      flipped[k] = Math.max(flipped[k], flippedByI[k]);
    }
    field.multiply(w, t1, w, root, w, sqrtMinusOne);
    field.select(r, ro, w, root, w, t1, flipped);
    absolute(r, ro, r, ro);
  }

  /** r = |a|: the even one of a and −a; for tight a, and then tight. */
  void absolute(double[] r, int ro, double[] a, int ao) {
    limbs.negative(flipped, a, ao);
    negateWhere(r, ro, a, ao, flipped);
  }

  /** r = −a in the lanes whose bit is 1, a where it is 0; of the width of a. */
  void negateWhere(double[] r, int ro, double[] a, int ao, double[] bits) {
    field.subtract(w, t0, w, zero, a, ao);
    field.select(r, ro, a, ao, w, t0, bits);
  }

  /** r = 1 in the lanes where a is zero, a elsewhere; tells which in {@code bits}. */
  void zeroToOne(double[] r, int ro, double[] a, int ao, double[] bits) {
    limbs.zero(bits, a, ao);
    field.select(r, ro, a, ao, w, one, bits);
  }
}
