package org.tidegate.mpc.curve;

import java.math.BigInteger;
import org.tidegate.mpc.lane.PrimeField;
import org.tidegate.mpc.lane.PrimeLimbs;
import org.tidegate.mpc.lane.SparsePrime;

/**
 * Powers, choices and conversions modulo a {@link SparsePrime} in lanes.
 *
 * <p>Works in a scratch area of its own, so an instance serves one thread. No branch depends on
 * elements; exponents are public.
 */
final class PrimePowers {
  final PrimeField field;
  final PrimeLimbs limbs;
  final BigInteger p;

  /** Powers a^(2^(2^i) − 1), i = 0..4, of which a run of ones in an exponent is made. */
  private static final int RUNS = 5;

  private final int slot;
  private final double[] w;
  private final int power;
  private final int t;
  private final int zero;
  private final int one;
  private final int plainOne;
  private final int radixSquared;

  PrimePowers(PrimeField field) {
    this.field = field;
    p = field.prime().modulus();
    limbs = new PrimeLimbs(field.prime(), field.lanes());
    slot = field.slot();
    power = RUNS * slot;
    t = power + slot;
    zero = t + slot;
    one = zero + slot;
    plainOne = one + slot;
    radixSquared = plainOne + slot;
    w = new double[radixSquared + slot];
    constant(w, one, BigInteger.ONE);
    limbs.broadcast(w, plainOne, BigInteger.ONE);
    constant(w, radixSquared, SparsePrime.radix());
  }

  /** r = value in all lanes, in Montgomery's form. */
  void constant(double[] r, int ro, BigInteger value) {
    limbs.broadcast(r, ro, value.multiply(SparsePrime.radix()).mod(p));
  }

  /** r = a, in Montgomery's form. */
  void fromPlain(double[] r, int ro, double[] a, int ao) {
    field.multiply(r, ro, a, ao, w, radixSquared);
  }

  /** r = a, out of Montgomery's form. */
  void toPlain(double[] r, int ro, double[] a, int ao) {
    field.multiply(r, ro, a, ao, w, plainOne);
  }

  /** r = 1 / a, and 0 for 0. */
  void invert(double[] r, int ro, double[] a, int ao) {
    power(r, ro, a, ao, p.subtract(BigInteger.TWO));
  }

  /** r = √a where a is a square, else √−a: a^((p + 1) / 4). */
  void root(double[] r, int ro, double[] a, int ao) {
    power(r, ro, a, ao, p.add(BigInteger.ONE).shiftRight(2));
  }

  /** r = a^exponent, for a public exponent above 0 that is made of long runs of equal bits. */
  void power(double[] r, int ro, double[] a, int ao, BigInteger exponent) {
    System.arraycopy(a, ao, w, 0, slot);
    for (int i = 1; i < RUNS; i++) {
      field.squareTimes(w, t, w, (i - 1) * slot, 1 << i - 1);
      field.multiply(w, i * slot, w, t, w, (i - 1) * slot);
    }
    boolean begun = false;
    int squarings = 0;
    int bits = exponent.bitLength();
    while (bits > 0) {
      int run = 0;
      while (run < bits && run < 1 << RUNS - 1 && exponent.testBit(bits - 1 - run)) {
        run++;
      }
      if (run == 0) {
        squarings++;
        bits--;
        continue;
      }
      int length = Integer.highestOneBit(run);
      int part = Integer.numberOfTrailingZeros(length) * slot;
      if (begun) {
        field.squareTimes(w, power, w, power, squarings + length);
        field.multiply(w, power, w, power, w, part);
      } else {
        System.arraycopy(w, part, w, power, slot);
        begun = true;
      }
      squarings = 0;
      bits -= length;
    }
    if (squarings > 0) {
      field.squareTimes(w, power, w, power, squarings);
    }
    System.arraycopy(w, power, r, ro, slot);
  }

  /** r = −a. */
  void negate(double[] r, int ro, double[] a, int ao) {
    field.subtract(r, ro, w, zero, a, ao);
  }

  /** r = −a in the lanes whose bit is 1, a where it is 0. */
  void negateWhere(double[] r, int ro, double[] a, int ao, double[] bits) {
    negate(w, t, a, ao);
    field.select(r, ro, a, ao, w, t, bits);
  }

  /** bits[k] = 1 where a = b, else 0. */
  void equal(double[] bits, double[] a, int ao, double[] b, int bo) {
    field.subtract(w, t, a, ao, b, bo);
    limbs.zero(bits, w, t);
  }

  /** bits[k] = 1 where a, out of Montgomery's form, is odd: sgn0 of RFC 9380, 4.1. */
  void odd(double[] bits, double[] a, int ao) {
    toPlain(w, t, a, ao);
    limbs.odd(bits, w, t);
  }

  /**
   * Replaces consecutive slots by their inverses, with one inversion for all; none may be zero.
   *
   * @param prefixes receives products; as long as the slots
   */
  void invertAll(double[] a, int count, double[] prefixes) {
    System.arraycopy(a, 0, prefixes, 0, slot);
    for (int i = 1; i < count; i++) {
      field.multiply(prefixes, i * slot, prefixes, (i - 1) * slot, a, i * slot);
    }
    int last = (count - 1) * slot;
    invert(prefixes, last, prefixes, last);
    for (int i = count - 1; i > 0; i--) {
      int at = i * slot;
      // prefixes[i] = 1 / (a[0]·…·a[i])
      field.multiply(w, t, prefixes, at, prefixes, at - slot);
      field.multiply(prefixes, at - slot, prefixes, at, a, at);
      System.arraycopy(w, t, a, at, slot);
    }
    System.arraycopy(prefixes, 0, a, 0, slot);
  }
}
