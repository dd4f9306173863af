package org.tidegate.mpc.curve.simd;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.curve.RistrettoBatch;
import org.tidegate.mpc.lane.Field25519;

/**
 * From bytes to points of Ristretto255, in lanes: decoding and the map of RFC 9496, 4.3.1 and
 * 4.3.4. One thread.
 */
final class RistrettoMap {
  private static final BigInteger SQRT_AD_MINUS_ONE =
      new BigInteger(
          "25063068953384623474111414158702152701244531502492656460079210482610430750235");

  private final Field25519 field;
  private final Powers25519 powers;
  private final int slot;
  private final double[] w;
  private final double[] bits;
  private final double[] square;

  private final int one;
  private final int minusOne;
  private final int d;
  private final int i;
  private final int oneMinusDSquared;
  private final int dMinusOneSquared;
  private final int sqrtAdMinusOne;
  private final int s;
  private final int u1;
  private final int u2;
  private final int v;
  private final int x;
  private final int y;
  private final int t;

  RistrettoMap(Powers25519 powers) {
    this.powers = powers;
    field = powers.field;
    slot = field.slot();
    w = new double[14 * slot];
    bits = new double[field.lanes()];
    square = new double[field.lanes()];
    BigInteger one = BigInteger.ONE;
    BigInteger d = EdwardsLanes.D;
    this.one = constant(0, one);
    minusOne = constant(1, one.negate());
    this.d = constant(2, d);
    i = constant(3, Powers25519.SQRT_MINUS_ONE);
    oneMinusDSquared = constant(4, one.subtract(d.multiply(d)));
    dMinusOneSquared = constant(5, d.subtract(one).pow(2));
    sqrtAdMinusOne = constant(6, SQRT_AD_MINUS_ONE);
    s = 7 * slot;
    u1 = 8 * slot;
    u2 = 9 * slot;
    v = 10 * slot;
    x = 11 * slot;
    y = 12 * slot;
    t = 13 * slot;
  }

  private int constant(int index, BigInteger value) {
    powers.limbs.broadcast(w, index * slot, Powers25519.bytes(value));
    return index * slot;
  }

  /**
   * Decodes up to {@link Field25519#lanes()} encodings; lanes beyond {@code count} become the
   * identity.
   *
   * @param p receives the point; some point where the encoding is not valid
   * @param valid receives 1 where the encoding is valid and not the identity's, else 0
   */
  void decode(double[] p, int po, double[] valid, byte[] in, int from, int count) {
    Arrays.fill(w, s, s + slot, 0);
    for (int lane = 0; lane < valid.length; lane++) {
      valid[lane] = 1;
      if (lane < count) {
        int at = from + lane * RistrettoBatch.ELEMENT_BYTES;
        valid[lane] = powers.limbs.load(w, s, lane, in, at) & ~in[at] & 1;
      }
    }
    field.square(w, v, w, s);
    field.subtractTight(w, u1, w, one, w, v); // u1 = 1 − s²
    field.addTight(w, u2, w, one, w, v); // u2 = 1 + s²
    field.square(w, x, w, u2); // u2²
    field.square(w, v, w, u1);
    field.multiply(w, v, w, v, w, d);
    field.add(w, v, w, v, w, x);
    field.subtractTight(w, v, w, minusOne, w, v);
    field.addTight(w, v, w, v, w, one); // v = −(d·u1²) − u2²
    field.multiply(w, x, w, v, w, x);
    powers.sqrtRatio(w, t, square, w, one, w, x); // I = 1/√(v·u2²)
    field.multiply(w, x, w, t, w, u2); // Dx = I·u2
    field.multiply(w, y, w, t, w, x);
    field.multiply(w, y, w, y, w, v); // Dy = I·Dx·v
    field.add(w, s, w, s, w, s);
    field.multiply(w, x, w, s, w, x);
    powers.absolute(p, po, w, x); // x = |2·s·Dx|
    field.multiply(p, po + slot, w, u1, w, y); // y = u1·Dy
    System.arraycopy(w, one, p, po + 2 * slot, slot);
    field.multiply(p, po + 3 * slot, p, po, p, po + slot); // t = x·y
    powers.limbs.negative(bits, p, po + 3 * slot);
    for (int lane = 0; lane < valid.length; lane++) {
      valid[lane] *= square[lane] * (1 - bits[lane]);
    }
    powers.limbs.zero(bits, p, po + slot);
    for (int lane = 0; lane < valid.length; lane++) {
      valid[lane] *= 1 - bits[lane];
    }
    // The identity is the one element with x = 0.
    powers.limbs.zero(bits, p, po);
    for (int lane = 0; lane < valid.length; lane++) {
      valid[lane] *= 1 - bits[lane];
    }
  }

  /**
   * MAP of RFC 9496, 4.3.4, of up to {@link Field25519#lanes()} strings of 32 bytes, {@code stride}
   * apart.
   *
   * @param p receives the point; of zero in lanes beyond {@code count}
   */
  void elligator(double[] p, int po, byte[] in, int from, int stride, int count) {
    Arrays.fill(w, s, s + slot, 0);
    for (int lane = 0; lane < count; lane++) {
      powers.limbs.load(w, s, lane, in, from + lane * stride);
    }
    field.square(w, x, w, s);
    field.multiply(w, x, w, x, w, i); // r = i·t²
    field.add(w, u1, w, x, w, one);
    field.multiply(w, u1, w, u1, w, oneMinusDSquared); // u = (r+1)·(1−d²)
    field.multiply(w, v, w, x, w, d);
    field.subtractTight(w, v, w, minusOne, w, v);
    field.add(w, u2, w, x, w, d);
    field.multiply(w, v, w, v, w, u2); // v = (−1 − r·d)·(r + d)
    powers.sqrtRatio(w, t, square, w, u1, w, v); // s
    field.multiply(w, u2, w, t, w, s);
    powers.absolute(w, u2, w, u2);
    for (int lane = 0; lane < square.length; lane++) {
      square[lane] = 1 - square[lane];
    }
    Arrays.fill(bits, 1);
    powers.negateWhere(w, u2, w, u2, bits); // s' = −|s·t|
    field.select(w, s, w, t, w, u2, square);
    field.select(w, t, w, minusOne, w, x, square); // c
    field.subtract(w, x, w, x, w, one);
    field.multiply(w, t, w, t, w, x);
    field.multiply(w, t, w, t, w, dMinusOneSquared);
    field.subtract(w, t, w, t, w, v); // N = c·(r−1)·(d−1)² − v
    field.add(w, x, w, s, w, s);
    field.multiply(w, x, w, x, w, v); // w0 = 2·s·v
    field.multiply(w, y, w, t, w, sqrtAdMinusOne); // w1 = N·√(ad−1)
    field.square(w, v, w, s);
    field.subtractTight(w, u1, w, one, w, v); // w2 = 1 − s²
    field.addTight(w, u2, w, one, w, v); // w3 = 1 + s²
    field.multiply(p, po, w, x, w, u2);
    field.multiply(p, po + slot, w, u1, w, y);
    field.multiply(p, po + 2 * slot, w, y, w, u2);
    field.multiply(p, po + 3 * slot, w, x, w, u1);
  }
}
