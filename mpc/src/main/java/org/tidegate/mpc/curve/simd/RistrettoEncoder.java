package org.tidegate.mpc.curve.simd;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.lane.Field25519;

/**
 * Encodes the doubles of points of Ristretto255, many with one inversion.
 *
 * <p>For 2·P the inverse square root of RFC 9496, 4.3.2 is known from P: with e = 2·X·Y, f = Z² +
 * d·T², g = Y² + X², h = Z² − d·T² (so 2·P = (e·h, f·g, f·h, e·g)), only 1/(e·f·g·h) is needed,
 * which is zero for points that encode as zero. Montgomery's trick turns the inversions of a batch
 * into one per lane. One thread.
 */
final class RistrettoEncoder {
  private static final BigInteger INVSQRT_A_MINUS_D =
      new BigInteger(
          "54469307008909316920995813868745141605393597292927456921205312896311721017578");

  private static final int E = 0;
  private static final int F = 1;
  private static final int G = 2;
  private static final int H = 3;
  private static final int EG = 4;
  private static final int FH = 5;
  private static final int PRODUCT = 6;
  private static final int PREFIX = 7;
  private static final int STATE = 8;

  private final Field25519 field;
  private final Powers25519 powers;
  private final int lanes;
  private final int slot;
  private final double[] states;
  private final double[] zeros;
  private int groups;

  private final double[] w;
  private final int d;
  private final int i;
  private final int magic;
  private final int inverse;
  private final int t0;
  private final int t1;
  private final int zInverse;
  private final int tInverse;
  private final int e;
  private final int g;
  private final int h;
  private final double[] bits;

  RistrettoEncoder(Powers25519 powers, int capacity) {
    this.powers = powers;
    field = powers.field;
    lanes = field.lanes();
    slot = field.slot();
    states = new double[capacity * STATE * slot];
    zeros = new double[capacity * lanes];
    bits = new double[lanes];
    w = new double[11 * slot];
    d = constant(0, EdwardsLanes.D);
    i = constant(1, Powers25519.SQRT_MINUS_ONE);
    magic = constant(2, INVSQRT_A_MINUS_D);
    inverse = 3 * slot;
    t0 = 4 * slot;
    t1 = 5 * slot;
    zInverse = 6 * slot;
    tInverse = 7 * slot;
    e = 8 * slot;
    g = 9 * slot;
    h = 10 * slot;
  }

  private int constant(int index, BigInteger value) {
    powers.limbs.broadcast(w, index * slot, Powers25519.bytes(value));
    return index * slot;
  }

  /** Forgets all points. */
  void reset() {
    groups = 0;
  }

  /** Takes the next group of points, X, Y, Z, T. */
  void push(double[] p, int po) {
    int state = groups * STATE * slot;
    field.add(w, t0, p, po + slot, p, po + slot);
    field.multiply(states, state + E * slot, p, po, w, t0);
    field.square(w, t0, p, po + 2 * slot);
    field.square(w, t1, p, po + 3 * slot);
    field.multiply(w, t1, w, t1, w, d);
    field.addTight(states, state + F * slot, w, t0, w, t1);
    field.subtractTight(states, state + H * slot, w, t0, w, t1);
    field.square(w, t0, p, po);
    field.square(w, t1, p, po + slot);
    field.addTight(states, state + G * slot, w, t0, w, t1);
    field.multiply(states, state + EG * slot, states, state + E * slot, states, state + G * slot);
    field.multiply(states, state + FH * slot, states, state + F * slot, states, state + H * slot);
    int product = state + PRODUCT * slot;
    field.multiply(states, product, states, state + EG * slot, states, state + FH * slot);
    powers.zeroToOne(states, product, states, product, bits);
    System.arraycopy(bits, 0, zeros, groups * lanes, lanes);
    int prefix = state + PREFIX * slot;
    if (groups == 0) {
      System.arraycopy(states, product, states, prefix, slot);
    } else {
      field.multiply(states, prefix, states, prefix - STATE * slot, states, product);
    }
    groups++;
  }

  /** Writes the encodings of the doubles of the first {@code count} points taken, 32 bytes each. */
  void encodeDoubled(byte[] out, int from, int count) {
    powers.invert(w, inverse, states, ((groups - 1) * STATE + PREFIX) * slot);
    for (int group = groups - 1; group >= 0; group--) {
      int state = group * STATE * slot;
      int product = state + PRODUCT * slot;
      if (group > 0) {
        field.multiply(w, t0, w, inverse, states, product);
        field.multiply(
            states, product, w, inverse, states, product + (PREFIX - PRODUCT - STATE) * slot);
        System.arraycopy(w, t0, w, inverse, slot);
      } else {
        System.arraycopy(w, inverse, states, product, slot);
      }
      // Where the product was zero its inverse counts as zero.
      System.arraycopy(zeros, group * lanes, bits, 0, lanes);
      Arrays.fill(w, t0, t0 + slot, 0);
      field.select(states, product, states, product, w, t0, bits);
      encode(state);
      for (int lane = 0; lane < lanes && group * lanes + lane < count; lane++) {
        int at = from + (group * lanes + lane) * RistrettoBatch.ELEMENT_BYTES;
        powers.limbs.store(w, t0, lane, out, at);
      }
    }
  }

  /** t0 = s of the encoding, given 1/(efgh) in place of the product. */
  private void encode(int state) {
    int product = state + PRODUCT * slot;
    field.multiply(w, zInverse, states, state + EG * slot, states, product);
    field.multiply(w, tInverse, states, state + FH * slot, states, product);
    // Rotate by a 4-torsion point where T/Z of the double is negative.
    field.multiply(w, t0, states, state + EG * slot, w, zInverse);
    powers.limbs.negative(bits, w, t0);
    field.select(w, e, states, state + E * slot, states, state + G * slot, bits);
    Arrays.fill(w, t0, t0 + slot, 0);
    field.subtract(w, t0, w, t0, states, state + E * slot);
    field.select(w, g, states, state + G * slot, w, t0, bits);
    field.multiply(w, t0, states, state + F * slot, w, i);
    field.select(w, h, states, state + H * slot, w, t0, bits);
    field.select(w, t1, w, magic, w, i, bits);
    // Take the point with positive x.
    field.multiply(w, t0, w, h, w, e);
    field.multiply(w, t0, w, t0, w, zInverse);
    powers.limbs.negative(bits, w, t0);
    powers.negateWhere(w, g, w, g, bits);
    field.multiply(w, t0, w, g, w, tInverse);
    field.multiply(w, t1, w, t1, w, t0);
    field.subtract(w, t0, w, h, w, g);
    field.multiply(w, t0, w, t0, w, t1);
    powers.absolute(w, t0, w, t0);
  }
}
