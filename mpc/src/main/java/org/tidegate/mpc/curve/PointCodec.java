package org.tidegate.mpc.curve;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.lane.PrimeField;

/**
 * Compressed points in lanes: 2 or 3 for an even or odd y, then x in 32 bytes, big-endian [SEC 1,
 * 2.3.3 and 2.3.4]. One thread.
 */
final class PointCodec {
  private static final int BYTES = 33;

  private final PrimePowers powers;
  private final PrimeField field;
  private final int slot;
  private final double[] w;
  private final double[] odd;
  private final double[] bad;
  private final int curveB;
  private final int three;
  private final int generator;
  private final int x;
  private final int y;
  private final int t;

  PointCodec(PrimePowers powers, WeierstrassCurve curve) {
    this.powers = powers;
    field = powers.field;
    slot = field.slot();
    odd = new double[field.lanes()];
    bad = new double[field.lanes()];
    curveB = 0;
    three = slot;
    generator = 2 * slot;
    x = 5 * slot;
    y = 6 * slot;
    t = 7 * slot;
    w = new double[8 * slot];
    powers.constant(w, curveB, curve.b());
    powers.constant(w, three, BigInteger.valueOf(3));
    powers.constant(w, generator, curve.generatorX());
    powers.constant(w, generator + slot, curve.generatorY().shiftLeft(1));
    powers.constant(w, generator + 2 * slot, BigInteger.ONE);
  }

  /**
   * Decodes up to {@link PrimeField#lanes()} points.
   *
   * @param p receives the points, Jacobian with Z = 1
   * @param wrong receives 1 where the bytes are no canonical encoding of a point of the curve, and
   *     beyond {@code count}; else 0. Such a lane of p is no point.
   */
  void decode(double[] p, int po, double[] wrong, byte[] in, int from, int count) {
    Arrays.fill(w, x, x + slot, 0);
    Arrays.fill(wrong, 1);
    for (int lane = 0; lane < count; lane++) {
      int at = from + lane * BYTES;
      int canonical = powers.limbs.load(w, x, lane, in, at + 1);
      int tag = in[at] & 0xff;
      odd[lane] = tag & 1;
      // (tag | 1) is 3 for 2 and 3 alone.
      wrong[lane] = 1 - (((tag | 1) ^ 3) - 1 >>> 31 & canonical);
    }
    powers.fromPlain(p, po, w, x);
    field.square(w, t, p, po);
    field.subtract(w, t, w, t, w, three);
    field.multiply(w, t, w, t, p, po);
    field.add(w, t, w, t, w, curveB); // (x² − 3)·x + b
    powers.root(w, y, w, t);
    field.square(w, x, w, y);
    powers.equal(bad, w, x, w, t);
    for (int lane = 0; lane < count; lane++) {
      wrong[lane] = Math.max(wrong[lane], 1 - bad[lane]);
    }
    powers.odd(bad, w, y);
    for (int lane = 0; lane < bad.length; lane++) {
      odd[lane] = Math.abs(odd[lane] - bad[lane]);
    }
    // y is not 0: a point with y = 0 has order 2, and the curve's order is odd.
    powers.negateWhere(w, y, w, y, odd);
    field.add(p, po + slot, w, y, w, y);
    System.arraycopy(w, generator + 2 * slot, p, po + 2 * slot, slot);
  }

  /** p = the generator in the lanes whose bit is 1. */
  void selectGenerator(double[] p, int po, double[] bits) {
    for (int k = 0; k < JacobianLanes.POINT; k++) {
      int at = po + k * slot;
      field.select(p, at, p, at, w, generator + k * slot, bits);
    }
  }

  /** Encodes {@code count} affine points. */
  void encode(byte[] out, int offset, double[] p, int po, int count) {
    powers.odd(odd, p, po + slot);
    powers.toPlain(w, x, p, po);
    for (int lane = 0; lane < count; lane++) {
      int at = offset + lane * BYTES;
      out[at] = (byte) (2 + (int) odd[lane]);
      powers.limbs.store(w, x, lane, out, at + 1);
    }
  }
}
