package org.tidegate.mpc.curve;

import java.math.BigInteger;
import org.tidegate.mpc.lane.PrimeField;

/**
 * Points of y² = x³ − 3·x + b in lanes, all multiplied by one scalar.
 *
 * <p>A point is three slots: X, W, Z in <i>Jacobian</i> coordinates, where x = X/Z², y = Y/Z³, W =
 * 2·Y (which saves doublings); X, Y, Z in <i>homogeneous</i> ones, where x = X/Z, y = Y/Z. An
 * <i>affine</i> point is the two slots x, w = 2·y. Jacobian formulas [Cohen, Miyaji, Ono, ASIACRYPT
 * 1998] have exceptions; that none occurs is argued at each use, from the scalar alone, since all
 * points but the neutral one have the same order. The homogeneous addition is complete [2015/1060,
 * Algorithm 4]. Works in a scratch area of its own: one thread.
 */
final class JacobianLanes {
  /** Slots of a point. */
  static final int POINT = 3;

  /** Entries 1·P, 3·P .. 15·P. */
  static final int TABLE = PrimeField.ENTRIES;

  /** Doubles of the table of one digit that all lanes share. */
  static final int EACH = TABLE * 2 * PrimeField.LIMBS;

  private final PrimeField field;
  private final int slot;
  private final double[] w;

  /** Of the complete addition. */
  private final double[] s;

  private final int a;
  private final int b;
  private final int c;
  private final int d;
  private final int e;
  private final int f;
  private final int curveB;
  private final int one;
  private final int affine;
  private final int other;
  private final int twice;
  private final double[] weights = new double[TABLE];
  private final double[] signed = new double[TABLE];

  JacobianLanes(PrimePowers powers) {
    field = powers.field;
    slot = field.slot();
    a = 0;
    b = slot;
    c = 2 * slot;
    d = 3 * slot;
    e = 4 * slot;
    f = 5 * slot;
    curveB = 6 * slot;
    one = 7 * slot;
    affine = 8 * slot;
    other = 10 * slot;
    twice = 13 * slot;
    w = new double[16 * slot];
    s = new double[8 * slot];
    powers.constant(w, curveB, WeierstrassCurve.over(field.prime()).b());
    powers.constant(w, one, BigInteger.ONE);
  }

  /** r = 2·p, Jacobian; r may be p. Of the neutral point, Z = 0, it is Z = 0. */
  void twice(double[] r, int ro, double[] p, int po) {
    field.square(w, a, p, po + 2 * slot); // Z²
    field.square(w, b, p, po + slot); // W² = 4·Y²
    field.multiply(w, c, p, po, w, b); // S = 4·X·Y²
    field.squaresThrice(w, a, p, po, w, a); // M = 3·(X² − Z⁴)
    field.multiply(r, ro + 2 * slot, p, po + slot, p, po + 2 * slot); // W·Z = 2·Y·Z
    field.squareMinusTwice(r, ro, w, a, w, c); // X' = M² − 2·S
    field.subtractTwice(w, c, w, c, r, ro);
    field.multiplyMinusProduct(r, ro + slot, w, a, w, c, w, b, w, b); // 2·(M·(S − X') − 8·Y⁴)
  }

  /** r = p + q, Jacobian, for affine q; r may be p. Not for q = ±p and neutral p. */
  private void addAffine(double[] r, int ro, double[] p, int po, double[] q, int qo) {
    field.square(w, a, p, po + 2 * slot); // Z²
    field.multiplyMinus(w, b, q, qo, w, a, p, po); // H = x·Z² − X
    field.multiply(w, a, w, a, p, po + 2 * slot); // Z³
    field.multiplyMinus(w, a, q, qo + slot, w, a, p, po + slot); // r = w·Z³ − W
    field.multiplyTwice(r, ro + 2 * slot, p, po + 2 * slot, w, b);
    finishAdd(r, ro, p, po, p, po + slot);
  }

  /** r = p + q, Jacobian. Not for q = ±p and neutral points. */
  private void addJacobian(double[] r, int ro, double[] p, int po, double[] q, int qo) {
    field.square(w, a, q, qo + 2 * slot);
    field.multiply(w, e, p, po, w, a); // U = X1·Z2²
    field.multiply(w, a, w, a, q, qo + 2 * slot);
    field.multiply(w, f, p, po + slot, w, a); // T = W1·Z2³
    field.square(w, a, p, po + 2 * slot);
    field.multiplyMinus(w, b, q, qo, w, a, w, e); // H = X2·Z1² − U
    field.multiply(w, a, w, a, p, po + 2 * slot);
    field.multiplyMinus(w, a, q, qo + slot, w, a, w, f); // r = W2·Z1³ − T
    field.multiply(w, c, p, po + 2 * slot, q, qo + 2 * slot);
    field.multiplyTwice(r, ro + 2 * slot, w, c, w, b);
    finishAdd(r, ro, w, e, w, f);
  }

  /** X = r² − J − 2·V, W = 2·(r·(V − X) − T·J), J = 4·H³, V = 4·U·H², for r in slot a, H in b. */
  private void finishAdd(double[] r, int ro, double[] u, int uo, double[] t, int to) {
    field.squareFourfold(w, c, w, b);
    field.multiply(w, b, w, b, w, c); // J
    field.multiply(w, c, u, uo, w, c); // V
    field.squareMinus(r, ro, w, a, w, b, w, c);
    field.subtract(w, c, w, c, r, ro);
    field.multiplyMinusProductTwice(r, ro + slot, w, a, w, c, t, to, w, b);
  }

  /**
   * The odd multiples of p, 1 to 15, Jacobian: entry j's X at slot {@code j}, its W and Z {@value
   * #TABLE} and 2·{@value #TABLE} slots further. Since p has a large order there are no exceptions.
   */
  void oddMultiples(double[] table, int to, double[] p, int po) {
    System.arraycopy(p, po, w, other, POINT * slot);
    twice(w, twice, w, other);
    for (int j = 0; j < TABLE; j++) {
      if (j > 0) {
        addJacobian(w, other, w, other, w, twice);
      }
      for (int k = 0; k < POINT; k++) {
        System.arraycopy(w, other + k * slot, table, to + (k * TABLE + j) * slot, slot);
      }
    }
  }

  /** Makes affine what {@link #oddMultiples} made, given 1/Z in place of Z. */
  void makeAffine(double[] table, int to) {
    for (int j = 0; j < TABLE; j++) {
      int x = to + j * slot;
      int y = x + TABLE * slot;
      int z = y + TABLE * slot;
      field.square(w, a, table, z);
      field.multiply(table, x, table, x, w, a);
      field.multiply(w, a, w, a, table, z);
      field.multiply(table, y, table, y, w, a);
    }
  }

  /**
   * r = Σ digit[i]·16^i·P, homogeneous, from the affine odd multiples of P.
   *
   * <p>Before the addition of digit i the sum is K·P with 16 ≤ K and, for i &gt; 0, K + 15 below
   * 2^253, so K ≠ ±digit modulo the order. The last addition may meet an equal or opposite point
   * and is the complete one. That holds for any 64 odd digits with a positive highest one.
   */
  void multiply(double[] r, int ro, double[] table, int to, byte[] digits) {
    choose(table, to, digits[OddDigits.COUNT - 1]);
    System.arraycopy(w, affine, r, ro, 2 * slot);
    System.arraycopy(w, one, r, ro + 2 * slot, slot);
    for (int i = OddDigits.COUNT - 2; i >= 0; i--) {
      twice(r, ro, r, ro);
      twice(r, ro, r, ro);
      twice(r, ro, r, ro);
      twice(r, ro, r, ro);
      choose(table, to, digits[i]);
      if (i > 0) {
        addAffine(r, ro, r, ro, w, affine);
      }
    }
    addLast(r, ro);
  }

  /** r = r + affine, homogeneous from Jacobian: any two points. */
  private void addLast(double[] r, int ro) {
    // (2·X·Z : W : 2·Z³) and (2·x : w : 2).
    field.multiplyTwice(r, ro, r, ro, r, ro + 2 * slot);
    field.square(w, a, r, ro + 2 * slot);
    field.multiplyTwice(r, ro + 2 * slot, r, ro + 2 * slot, w, a);
    System.arraycopy(w, affine, w, other, 2 * slot);
    toHomogeneous(w, other);
    addComplete(r, ro, r, ro, w, other);
  }

  /** Homogeneous from affine coordinates, in place: (2·x : w : 2). */
  void toHomogeneous(double[] p, int po) {
    field.add(p, po, p, po, p, po);
    field.add(p, po + 2 * slot, w, one, w, one);
  }

  /**
   * r = Σ digit[i]·16^i·P, homogeneous, with digits of each lane's own, from tables of {1, 3, …,
   * 15}·16^i·P that are the same for all lanes, affine, limb by limb.
   *
   * <p>The sum of the digits below i is less than 16^i and digit i is at least 1, so up to the last
   * but one no addition meets an equal or opposite point; the last one is complete.
   *
   * @param index for digit i of each lane, from i · lanes on, half of its magnitude
   * @param negative in the same places, 1 where the digit is negative, else 0
   */
  void multiplyEach(
      double[] r, int ro, double[] tables, double[] index, double[] negative, PrimePowers powers) {
    int lanes = field.lanes();
    double[] which = new double[lanes];
    double[] sign = new double[lanes];
    for (int i = 0; i < OddDigits.COUNT; i++) {
      System.arraycopy(index, i * lanes, which, 0, lanes);
      System.arraycopy(negative, i * lanes, sign, 0, lanes);
      field.lookUpEach(w, affine, tables, i * EACH, 2, which);
      powers.negateWhere(w, affine + slot, w, affine + slot, sign);
      if (i == 0) {
        System.arraycopy(w, affine, r, ro, 2 * slot);
        System.arraycopy(w, one, r, ro + 2 * slot, slot);
      } else if (i < OddDigits.COUNT - 1) {
        addAffine(r, ro, r, ro, w, affine);
      }
    }
    addLast(r, ro);
  }

  /**
   * The table of one digit for {@link #multiplyEach}: of the first lane, from affine multiples as
   * {@link #makeAffine} leaves them.
   */
  void limbsOfFirst(double[] tables, int digit, double[] multiples) {
    int lanes = field.lanes();
    for (int j = 0; j < TABLE; j++) {
      for (int limb = 0; limb < PrimeField.LIMBS; limb++) {
        int at = digit * EACH + j * 2 * PrimeField.LIMBS + limb;
        tables[at] = multiples[j * slot + limb * lanes];
        tables[at + PrimeField.LIMBS] = multiples[(TABLE + j) * slot + limb * lanes];
      }
    }
  }

  /** affine = digit·P, reading the whole table. */
  private void choose(double[] table, int to, int digit) {
    int negative = digit >>> 31;
    int index = (digit ^ -negative) + negative >> 1;
    for (int j = 0; j < TABLE; j++) {
      weights[j] = (index ^ j) - 1 >>> 31;
      signed[j] = weights[j] * (1 - 2 * negative);
    }
    field.lookUp(w, affine, table, to, 1, weights);
    field.lookUp(w, affine + slot, table, to + TABLE * slot, 1, signed);
  }

  /** Jacobian from homogeneous coordinates, in place: (X·Z : 2·Y·Z² : Z). */
  void toJacobian(double[] p, int po) {
    field.square(w, a, p, po + 2 * slot);
    field.multiply(p, po, p, po, p, po + 2 * slot);
    field.multiplyTwice(p, po + slot, p, po + slot, w, a);
  }

  /** r = p + q, homogeneous, for any two points of the curve; r may be p or q. */
  void addComplete(double[] r, int ro, double[] p, int po, double[] q, int qo) {
    int x1 = po;
    int y1 = po + slot;
    int z1 = po + 2 * slot;
    int x2 = qo;
    int y2 = qo + slot;
    int z2 = qo + 2 * slot;
    int t0 = 0;
    int t1 = slot;
    int t2 = 2 * slot;
    int t3 = 3 * slot;
    int t4 = 4 * slot;
    int x3 = 5 * slot;
    int y3 = 6 * slot;
    int z3 = 7 * slot;
    field.multiply(s, t0, p, x1, q, x2);
    field.multiply(s, t1, p, y1, q, y2);
    field.multiply(s, t2, p, z1, q, z2);
    field.add(s, t3, p, x1, p, y1);
    field.add(s, t4, q, x2, q, y2);
    field.multiply(s, t3, s, t3, s, t4);
    field.add(s, t4, s, t0, s, t1);
    field.subtract(s, t3, s, t3, s, t4); // X1·Y2 + X2·Y1
    field.add(s, t4, p, y1, p, z1);
    field.add(s, x3, q, y2, q, z2);
    field.multiply(s, t4, s, t4, s, x3);
    field.add(s, x3, s, t1, s, t2);
    field.subtract(s, t4, s, t4, s, x3); // Y1·Z2 + Y2·Z1
    field.add(s, x3, p, x1, p, z1);
    field.add(s, y3, q, x2, q, z2);
    field.multiply(s, x3, s, x3, s, y3);
    field.add(s, y3, s, t0, s, t2);
    field.subtract(s, y3, s, x3, s, y3); // X1·Z2 + X2·Z1
    field.multiply(s, z3, w, curveB, s, t2);
    field.subtract(s, x3, s, y3, s, z3);
    field.add(s, z3, s, x3, s, x3);
    field.add(s, x3, s, x3, s, z3);
    field.subtract(s, z3, s, t1, s, x3);
    field.add(s, x3, s, t1, s, x3);
    field.multiply(s, y3, w, curveB, s, y3);
    field.add(s, t1, s, t2, s, t2);
    field.add(s, t2, s, t1, s, t2);
    field.subtract(s, y3, s, y3, s, t2);
    field.subtract(s, y3, s, y3, s, t0);
    field.add(s, t1, s, y3, s, y3);
    field.add(s, y3, s, t1, s, y3);
    field.add(s, t1, s, t0, s, t0);
    field.add(s, t0, s, t1, s, t0);
    field.subtract(s, t0, s, t0, s, t2);
    field.multiply(s, t1, s, t4, s, y3);
    field.multiply(s, t2, s, t0, s, y3);
    field.multiply(s, y3, s, x3, s, z3);
    field.add(r, ro + slot, s, y3, s, t2);
    field.multiply(s, x3, s, t3, s, x3);
    field.subtract(r, ro, s, x3, s, t1);
    field.multiply(s, z3, s, t4, s, z3);
    field.multiply(s, t1, s, t3, s, t0);
    field.add(r, ro + 2 * slot, s, z3, s, t1);
  }
}
