package org.tidegate.mpc.curve;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.lane.PrimeField;

/**
 * From field elements to points in lanes: the simplified Shallue–van de Woestijne–Ulas map [RFC
 * 9380, 6.6.2] without inversion [F.2], and {@code sqrt_ratio} for p ≡ 3 modulo 4 [F.2.1.2]. One
 * thread. Letters are the RFC's.
 */
final class SimplifiedSwu {
  /** Bytes from which an element is made: L = ⌈(256 + 128)/8⌉. */
  static final int BYTES = 48;

  private static final int HIGH_BYTES = 16;

  private final PrimePowers powers;
  private final PrimeField field;
  private final BigInteger exponent;
  private final int slot;
  private final double[] w;
  private final double[] bits;
  private final double[] other;
  private final byte[] high = new byte[32];
  private final int curveA;
  private final int curveB;
  private final int z;
  private final int one;
  private final int c2;
  private final int shift;
  private final int u;
  private final int tv1;
  private final int tv2;
  private final int tv3;
  private final int tv4;
  private final int tv5;
  private final int tv6;
  private final int x;
  private final int y;

  SimplifiedSwu(PrimePowers powers) {
    this.powers = powers;
    field = powers.field;
    slot = field.slot();
    bits = new double[field.lanes()];
    other = new double[field.lanes()];
    w = new double[15 * slot];
    WeierstrassCurve curve = WeierstrassCurve.over(field.prime());
    exponent = powers.p.subtract(BigInteger.valueOf(3)).shiftRight(2);
    curveA = constant(0, BigInteger.valueOf(-3));
    curveB = constant(1, curve.b());
    z = constant(2, curve.z());
    one = constant(3, BigInteger.ONE);
    BigInteger quarter = powers.p.add(BigInteger.ONE).shiftRight(2);
    c2 = constant(4, curve.z().negate().modPow(quarter, powers.p)); // √(−Z)
    shift = constant(5, BigInteger.ONE.shiftLeft(256));
    u = 6 * slot;
    tv1 = 7 * slot;
    tv2 = 8 * slot;
    tv3 = 9 * slot;
    tv4 = 10 * slot;
    tv5 = 11 * slot;
    tv6 = 12 * slot;
    x = 13 * slot;
    y = 14 * slot;
  }

  private int constant(int index, BigInteger value) {
    powers.constant(w, index * slot, value);
    return index * slot;
  }

  /**
   * Maps up to {@link PrimeField#lanes()} strings of {@value #BYTES} bytes, {@code stride} apart,
   * each first taken modulo p.
   *
   * @param p receives the points, homogeneous; of the element 0 in lanes beyond {@code count}
   */
  void map(double[] p, int po, byte[] in, int from, int stride, int count) {
    Arrays.fill(w, u, u + slot, 0);
    Arrays.fill(w, tv1, tv1 + slot, 0);
    for (int lane = 0; lane < count; lane++) {
      int at = from + lane * stride;
      System.arraycopy(in, at, high, 32 - HIGH_BYTES, HIGH_BYTES);
      powers.limbs.load(w, tv1, lane, high, 0);
      powers.limbs.load(w, u, lane, in, at + HIGH_BYTES);
    }
    powers.fromPlain(w, u, w, u);
    powers.fromPlain(w, tv1, w, tv1);
    field.multiply(w, tv1, w, tv1, w, shift);
    field.add(w, u, w, u, w, tv1); // u = high·2^256 + low

    field.square(w, tv1, w, u);
    field.multiply(w, tv1, w, tv1, w, z); // Z·u²
    field.square(w, tv2, w, tv1);
    field.add(w, tv2, w, tv2, w, tv1); // Z²·u⁴ + Z·u²
    field.add(w, tv3, w, tv2, w, one);
    field.multiply(w, tv3, w, tv3, w, curveB);
    powers.limbs.zero(bits, w, tv2);
    powers.negate(w, tv4, w, tv2);
    field.select(w, tv4, w, tv4, w, z, bits);
    field.multiply(w, tv4, w, tv4, w, curveA); // the denominator of x
    field.square(w, tv2, w, tv3);
    field.square(w, tv6, w, tv4);
    field.multiply(w, tv5, w, tv6, w, curveA);
    field.add(w, tv2, w, tv2, w, tv5);
    field.multiply(w, tv2, w, tv2, w, tv3);
    field.multiply(w, tv6, w, tv6, w, tv4);
    field.multiply(w, tv5, w, tv6, w, curveB);
    field.add(w, tv2, w, tv2, w, tv5); // g(x)·tv4³
    field.multiply(w, x, w, tv1, w, tv3);
    squareRootOfRatio(); // of tv2/tv6
    field.multiply(w, tv1, w, tv1, w, u);
    field.multiply(w, tv1, w, tv1, w, y);
    field.select(w, x, w, x, w, tv3, bits);
    field.select(w, y, w, tv1, w, y, bits);
    powers.odd(bits, w, u);
    powers.odd(other, w, y);
    for (int lane = 0; lane < bits.length; lane++) {
      bits[lane] = Math.abs(bits[lane] - other[lane]);
    }
    powers.negateWhere(w, y, w, y, bits);
    System.arraycopy(w, x, p, po, slot); // x = X / tv4
    field.multiply(p, po + slot, w, y, w, tv4);
    System.arraycopy(w, tv4, p, po + 2 * slot, slot);
  }

  /** y = √(tv2/tv6) and bits = 1 where that is a square, else y = √(Z·tv2/tv6) and 0. */
  private void squareRootOfRatio() {
    field.multiply(w, y, w, tv2, w, tv6); // u·v
    field.square(w, tv5, w, tv6);
    field.multiply(w, tv5, w, tv5, w, y); // u·v³
    powers.power(w, tv5, w, tv5, exponent);
    field.multiply(w, tv5, w, tv5, w, y); // y1
    field.multiply(w, y, w, tv5, w, c2); // y2
    field.multiply(w, tv6, w, tv6, w, tv5);
    field.multiply(w, tv6, w, tv6, w, tv5); // v·y1²
    powers.equal(bits, w, tv6, w, tv2);
    field.select(w, y, w, y, w, tv5, bits);
  }
}
