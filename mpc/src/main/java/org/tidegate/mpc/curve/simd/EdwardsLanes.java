package org.tidegate.mpc.curve.simd;

import java.math.BigInteger;
import java.util.Arrays;
import org.tidegate.mpc.lane.Field25519;

/**
 * Points of −x² + y² = 1 + d·x²·y² over 2^255 − 19 in lanes, and their product with one scalar.
 *
 * <p>A point is four tight slots X, Y, Z, T with x = X/Z, y = Y/Z, x·y = T/Z (Hisil et al.,
 * 2008/522). A <i>cached</i> point is the four slots Y+X, Y−X, 2·d·T, 2·Z, all tight but the last,
 * of width 2. The formulas are complete, so there are no special cases. Works in a scratch area of
 * its own: one thread.
 */
final class EdwardsLanes {
  /** Slots of a point. */
  static final int POINT = 4;

  /** d = −121665 / 121666. */
  static final BigInteger D =
      new BigInteger(
          "37095705934669439343138083508754565189542113879843219016388785533085940283555");

  private final Field25519 field;
  private final Powers25519 powers;
  private final int slot;
  private final double[] w;
  private final int a;
  private final int b;
  private final int c;
  private final int d;
  private final int e;
  private final int f;
  private final int g;
  private final int h;
  private final int twoD;
  private final int chosen;
  private final int table;
  private final int multiple;
  private final int zero;

  /** Entries 0·P .. 8·P, for digits −8..8 in radix 16. */
  private final double[] weights = new double[Field25519.ENTRIES];

  private final double[] sign;

  EdwardsLanes(Powers25519 powers) {
    this.powers = powers;
    field = powers.field;
    slot = field.slot();
    a = 0;
    b = slot;
    c = 2 * slot;
    d = 3 * slot;
    e = 4 * slot;
    f = 5 * slot;
    g = 6 * slot;
    h = 7 * slot;
    twoD = 8 * slot;
    chosen = 9 * slot;
    multiple = chosen + POINT * slot;
    table = multiple + POINT * slot;
    zero = table + Field25519.ENTRIES * POINT * slot;
    w = new double[zero + slot];
    sign = new double[field.lanes()];
    powers.limbs.broadcast(w, twoD, Powers25519.bytes(D.shiftLeft(1)));
    identity(w, multiple);
    cache(w, table, w, multiple);
  }

  private void identity(double[] p, int po) {
    Arrays.fill(p, po, po + POINT * slot, 0.0);
    Arrays.fill(p, po + slot, po + slot + field.lanes(), 1.0);
    Arrays.fill(p, po + 2 * slot, po + 2 * slot + field.lanes(), 1.0);
  }

  /**
   * q = scalar·p.
   *
   * @param digits of the scalar, by {@link SignedDigits}; which they are does not show in timing
   * @param q may be p
   */
  void multiply(double[] q, int qo, double[] p, int po, byte[] digits) {
    int entry = POINT * slot;
    cache(w, table + entry, p, po);
    System.arraycopy(p, po, w, multiple, entry);
    for (int j = 2; j < Field25519.ENTRIES; j++) {
      addCached(w, multiple, w, multiple, w, table + entry, true);
      cache(w, table + j * entry, w, multiple);
    }
    identity(q, qo);
    for (int i = digits.length - 1; i >= 0; i--) {
      if (i < digits.length - 1) {
        twice(q, qo, q, qo, false);
        twice(q, qo, q, qo, false);
        twice(q, qo, q, qo, false);
        twice(q, qo, q, qo, true);
      }
      choose(digits[i]);
      addCached(q, qo, q, qo, w, chosen, i == 0);
    }
  }

  /** chosen = digit·P, reading the whole table. */
  private void choose(int digit) {
    int negative = digit >>> 31;
    int magnitude = (digit ^ -negative) + negative;
    for (int j = 0; j < Field25519.ENTRIES; j++) {
      weights[j] = (magnitude ^ j) - 1 >>> 31;
    }
    Arrays.fill(sign, negative);
    field.lookUp(w, chosen, w, table, POINT, weights);
    field.swap(w, chosen, w, chosen + slot, sign);
    powers.negateWhere(w, chosen + 2 * slot, w, chosen + 2 * slot, sign);
  }

  /** r = 2·p; T only if asked for, since a doubling needs none. */
  void twice(double[] r, int ro, double[] p, int po, boolean withT) {
    field.subtract(w, e, w, zero, p, po + slot);
    field.add(w, e, w, e, w, e);
    field.multiply(w, e, w, e, p, po); // E = −2·X·Y
    field.square(w, a, p, po);
    field.square(w, b, p, po + slot);
    field.square(w, c, p, po + 2 * slot);
    field.add(w, h, w, a, w, b); // H = X²+Y², width 2
    field.subtractTight(w, g, w, a, w, b); // G = X²−Y²
    field.addTwiceTight(w, f, w, g, w, c); // F = G+2Z²
    product(r, ro, withT);
  }

  /** r = p + q for cached q; T only if asked for. */
  void addCached(double[] r, int ro, double[] p, int po, double[] q, int qo, boolean withT) {
    field.add(w, b, p, po + slot, p, po);
    field.subtract(w, a, p, po + slot, p, po);
    field.multiply(w, b, w, b, q, qo); // B = (Y1+X1)(Y2+X2)
    field.multiply(w, a, w, a, q, qo + slot); // A = (Y1−X1)(Y2−X2)
    field.multiply(w, c, p, po + 3 * slot, q, qo + 2 * slot); // C = 2d·T1·T2
    field.multiply(w, d, p, po + 2 * slot, q, qo + 3 * slot); // D = 2·Z1·Z2
    // H = B+A, E = B−A; of width 2 they will do where their product T is not asked for.
    if (withT) {
      field.sumAndDifferenceTight(w, h, e, b, a);
    } else {
      field.sumAndDifference(w, h, e, b, a);
    }
    field.sumAndDifferenceTight(w, g, f, d, c); // G = D+C, F = D−C
    product(r, ro, withT);
  }

  /**
   * r = p + q for an affine q in three tight slots, y+x, y−x, 2·d·x·y; T only if asked for.
   *
   * @param r may be p
   */
  void addAffine(double[] r, int ro, double[] p, int po, double[] q, int qo, boolean withT) {
    field.add(w, b, p, po + slot, p, po);
    field.subtract(w, a, p, po + slot, p, po);
    field.multiply(w, b, w, b, q, qo);
    field.multiply(w, a, w, a, q, qo + slot);
    field.multiply(w, c, p, po + 3 * slot, q, qo + 2 * slot);
    field.add(w, d, p, po + 2 * slot, p, po + 2 * slot); // D = 2·Z1
    field.sumAndDifferenceTight(w, h, e, b, a);
    field.sumAndDifferenceTight(w, g, f, d, c);
    product(r, ro, withT);
  }

  /** The limbs of y+x, y−x, 2·d·x·y of the first lane's point, one after another. */
  void affineOfFirst(double[] limbs, int to, double[] p, int po) {
    powers.invert(w, a, p, po + 2 * slot);
    field.multiply(w, b, p, po, w, a);
    field.multiply(w, c, p, po + slot, w, a);
    field.addTight(w, d, w, c, w, b);
    field.subtractTight(w, e, w, c, w, b);
    field.multiply(w, f, w, b, w, c);
    field.multiply(w, f, w, f, w, twoD);
    for (int limb = 0; limb < Field25519.LIMBS; limb++) {
      int lane = limb * field.lanes();
      limbs[to + limb] = w[d + lane];
      limbs[to + Field25519.LIMBS + limb] = w[e + lane];
      limbs[to + 2 * Field25519.LIMBS + limb] = w[f + lane];
    }
  }

  /**
   * X = E·F, Y = G·H, Z = F·G, T = E·H, for tight F and G, and E and H of width 2 at most, not both
   * for T.
   */
  private void product(double[] r, int ro, boolean withT) {
    field.multiply(r, ro, w, e, w, f);
    field.multiply(r, ro + slot, w, g, w, h);
    field.multiply(r, ro + 2 * slot, w, f, w, g);
    if (withT) {
      field.multiply(r, ro + 3 * slot, w, e, w, h);
    }
  }

  /** Makes a point ready to be added. */
  private void cache(double[] r, int ro, double[] p, int po) {
    field.addTight(r, ro, p, po + slot, p, po);
    field.subtractTight(r, ro + slot, p, po + slot, p, po);
    field.multiply(r, ro + 2 * slot, p, po + 3 * slot, w, twoD);
    field.add(r, ro + 3 * slot, p, po + 2 * slot, p, po + 2 * slot);
  }

  /** r = p + q. */
  void add(double[] r, int ro, double[] p, int po, double[] q, int qo) {
    cache(w, chosen, q, qo);
    addCached(r, ro, p, po, w, chosen, true);
  }
}
