package org.tidegate.mpc.lane;

import static org.tidegate.mpc.lane.SparsePrime.LIMBS;

/**
 * One lane of {@link PrimeField}: the same arithmetic in plain Java, the reference of the vector
 * versions, and what runs where there is no Vector API.
 */
public final class PrimeFieldScalar implements PrimeField {
  private static final double SPLIT = 0x1.8p103;
  private static final double UNIT = 0x1.8p52;
  private static final double SPLIT_UNIT = SPLIT + UNIT;
  private static final long SPLIT_BITS = Double.doubleToRawLongBits(SPLIT);
  private static final long UNIT_BITS = Double.doubleToRawLongBits(UNIT);
  private static final long HALF = 1L << 50;
  private static final double PER_LIMB = 0x1p-51;
  private static final double FOLD = 0x1.8p104;
  private static final double NEARLY_ONE = 1 + 0x1p-32;
  private static final long LIMB = (1L << 51) - 1;
  private static final long MIDDLE = (1L << 51) - (1L << 19);

  private final SparsePrime prime;

  /** Modulo the given prime. */
  public PrimeFieldScalar(SparsePrime prime) {
    this.prime = prime;
  }

  @Override
  public SparsePrime prime() {
    return prime;
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void multiply(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    long[] columns = columns(a, ao, b, bo);
    reduce(columns, 1);
    finish(r, ro, columns);
  }

  @Override
  public void multiplyTwice(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    long[] columns = columns(a, ao, b, bo);
    reduce(columns, 2);
    finish(r, ro, columns);
  }

  @Override
  public void multiplyMinus(
      double[] r, int ro, double[] a, int ao, double[] b, int bo, double[] c, int co) {
    long[] columns = columns(a, ao, b, bo);
    reduce(columns, 1);
    takeOff(columns, c, co, 1);
    finish(r, ro, columns);
  }

  @Override
  public void multiplyMinusProduct(
      double[] r,
      int ro,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      double[] e,
      int eo) {
    long[] columns = columnsOfPair(a, ao, b, bo, c, co, e, eo);
    reduce(columns, 1);
    finish(r, ro, columns);
  }

  @Override
  public void multiplyMinusProductTwice(
      double[] r,
      int ro,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      double[] e,
      int eo) {
    long[] columns = columnsOfPair(a, ao, b, bo, c, co, e, eo);
    reduce(columns, 2);
    finish(r, ro, columns);
  }

  @Override
  public void square(double[] r, int ro, double[] a, int ao) {
    multiply(r, ro, a, ao, a, ao);
  }

  @Override
  public void squareFourfold(double[] r, int ro, double[] a, int ao) {
    long[] columns = columns(a, ao, a, ao);
    reduce(columns, 4);
    finish(r, ro, columns);
  }

  @Override
  public void squareMinusTwice(double[] r, int ro, double[] a, int ao, double[] c, int co) {
    long[] columns = columns(a, ao, a, ao);
    reduce(columns, 1);
    takeOff(columns, c, co, 2);
    finish(r, ro, columns);
  }

  @Override
  public void squareMinus(
      double[] r, int ro, double[] a, int ao, double[] c, int co, double[] e, int eo) {
    long[] columns = columns(a, ao, a, ao);
    reduce(columns, 1);
    takeOff(columns, c, co, 1);
    takeOff(columns, e, eo, 2);
    finish(r, ro, columns);
  }

  @Override
  public void squaresThrice(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    long[] columns = columnsOfPair(a, ao, a, ao, b, bo, b, bo);
    reduce(columns, 3);
    finish(r, ro, columns);
  }

  /**
   * The schoolbook columns of a·b.
   *
   * <p>A product of limbs is at most 2^102, so h stays in the binade of SPLIT, whose spacing is
   * 2^51: |hi| ≤ 2^51 and |lo| ≤ 2^50, which keeps l in the binade of UNIT. Of two products a
   * column gets at most ten lo and ten hi: below 2^55.
   */
  private static long[] columns(double[] a, int ao, double[] b, int bo) {
    assert PrimeLimbs.bounded(a, ao, 1) && PrimeLimbs.bounded(b, bo, 1);
    long[] columns = new long[2 * LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      for (int j = 0; j < LIMBS; j++) {
        addProduct(columns, i + j, a[ao + i], b[bo + j]);
      }
    }
    return columns;
  }

  /**
   * The schoolbook columns of a·b − c·e. The second product for a column is split upon the first,
   * as the vector versions do: h holds both high parts, l both low ones, at most 2^51 together.
   * That is not so for the top limbs of a and c, whose products may be too large for a sum of two.
   */
  private static long[] columnsOfPair(
      double[] a, int ao, double[] b, int bo, double[] c, int co, double[] e, int eo) {
    assert PrimeLimbs.bounded(a, ao, 1) && PrimeLimbs.bounded(b, bo, 1);
    assert PrimeLimbs.bounded(c, co, 1) && PrimeLimbs.bounded(e, eo, 1);
    long[] columns = new long[2 * LIMBS];
    int top = LIMBS - 1;
    for (int j = 0; j < LIMBS; j++) {
      for (int i = 0; i < top; i++) {
        double first = Math.fma(a[ao + i], b[bo + j], SPLIT);
        double l = Math.fma(a[ao + i], b[bo + j], SPLIT_UNIT - first);
        double h = Math.fma(c[co + i], -e[eo + j], first);
        l += Math.fma(c[co + i], -e[eo + j], first - h);
        columns[i + j] += Double.doubleToRawLongBits(l) - UNIT_BITS;
        columns[i + j + 1] += Double.doubleToRawLongBits(h) - SPLIT_BITS;
      }
      addProduct(columns, top + j, a[ao + top], b[bo + j]);
      addProduct(columns, top + j, c[co + top], -e[eo + j]);
    }
    return columns;
  }

  private static void takeOff(long[] columns, double[] c, int co, int factor) {
    for (int k = 0; k < LIMBS; k++) {
      columns[LIMBS + k] -= factor * (long) c[co + k];
    }
  }

  /**
   * Montgomery's reduction, digit by digit, and the scale.
   *
   * <p>A digit m is a residue in ±2^50 and p is −1 modulo 2^51, so m·p makes the column vanish but
   * for a carry. The products of m with the limbs of p + 1, at most 2^52, split like all others.
   * They and the carries add less than 2^53 to a column. Taken up to fourfold, less up to three
   * terms of 2^51, columns stay below 2^58.
   */
  private void reduce(long[] columns, int scale) {
    for (int i = 0; i < LIMBS; i++) {
      long carry = columns[i] + HALF >> 51;
      addDigit(columns, i, columns[i] - (carry << 51));
      columns[i + 1] += carry;
    }
    for (int k = LIMBS; k < 2 * LIMBS; k++) {
      columns[k] *= scale;
    }
  }

  /**
   * Folds by a small multiple of p, then carries from limb to limb.
   *
   * <p>Let c be the top column. p is 2^256 − 2^224 up to 2^-60 of it, that is 2^52 − 2^20 in the
   * top limb; with h = ⌊(c + MIDDLE)·(1 + 2^-32) / 2^52⌋ and MIDDLE = 2^51 − 2^19, what is left, c
   * − h·(2^52 − 2^20), is within ±(2^51 − 2^19 + 2^7). Carries are below 2^8, so with one the top
   * limb is within ±2^51. The other limbs end in [−2^50, 2^50).
   */
  private void finish(double[] r, int ro, long[] columns) {
    long top = columns[2 * LIMBS - 1] + MIDDLE;
    long h = top + (top >> 32) >> 52;
    long carry = h;
    for (int k = 0; k < LIMBS; k++) {
      long column = columns[LIMBS + k] - h * (long) prime.limbOfPlusOne(k) + carry;
      carry = k < LIMBS - 1 ? column + HALF >> 51 : 0;
      r[ro + k] = column - (carry << 51);
    }
  }

  /**
   * Adds m·(p + 1). Where a limb is a power of two, its product is split by shifts and rounded
   * down, as the vector versions do: columns then are the same, and with them the fold.
   */
  private void addDigit(long[] columns, int i, long m) {
    for (int j = 1; j < LIMBS; j++) {
      long limb = (long) prime.limbOfPlusOne(j);
      if (limb > 0 && Long.bitCount(limb) == 1) {
        int e = Long.numberOfTrailingZeros(limb);
        columns[i + j] += m << e & LIMB;
        columns[i + j + 1] += m >> 51 - e;
      } else {
        addProduct(columns, i + j, m, limb);
      }
    }
  }

  private static void addProduct(long[] columns, int k, double x, double y) {
    double h = Math.fma(x, y, SPLIT);
    double l = Math.fma(x, y, SPLIT_UNIT - h);
    columns[k] += Double.doubleToRawLongBits(l) - UNIT_BITS;
    columns[k + 1] += Double.doubleToRawLongBits(h) - SPLIT_BITS;
  }

  @Override
  public void add(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    for (int k = 0; k < LIMBS; k++) {
      r[ro + k] = a[ao + k] + b[bo + k];
    }
    carry(r, ro);
  }

  @Override
  public void subtract(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    for (int k = 0; k < LIMBS; k++) {
      r[ro + k] = a[ao + k] - b[bo + k];
    }
    carry(r, ro);
  }

  @Override
  public void subtractTwice(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    for (int k = 0; k < LIMBS; k++) {
      r[ro + k] = 2 * (a[ao + k] - b[bo + k]);
    }
    carry(r, ro);
  }

  /**
   * Folds and carries limbs of up to four times the bounds: every step is exact, being at most
   * 2^53.
   */
  private void carry(double[] r, int ro) {
    double h = (Math.fma(r[ro + LIMBS - 1], NEARLY_ONE, FOLD) - FOLD) * 0x1p-52;
    double below = h;
    for (int k = 0; k < LIMBS; k++) {
      double x = Math.fma(-h, prime.limbOfPlusOne(k), r[ro + k]) + below;
      double multiple = k < LIMBS - 1 ? x + SPLIT - SPLIT : 0;
      r[ro + k] = x - multiple;
      below = multiple * PER_LIMB;
    }
  }

  @Override
  public void select(double[] r, int ro, double[] a, int ao, double[] b, int bo, double[] bits) {
    for (int k = 0; k < LIMBS; k++) {
      r[ro + k] = Math.fma(bits[0], b[bo + k] - a[ao + k], a[ao + k]);
    }
  }

  @Override
  public void lookUp(double[] r, int ro, double[] table, int to, int slots, double[] weights) {
    int limbs = slots * LIMBS;
    for (int k = 0; k < limbs; k++) {
      double sum = 0;
      for (int j = 0; j < ENTRIES; j++) {
        sum = Math.fma(weights[j], table[to + j * limbs + k], sum);
      }
      r[ro + k] = sum;
    }
  }

  @Override
  public void lookUpEach(double[] r, int ro, double[] table, int to, int slots, double[] index) {
    int limbs = slots * LIMBS;
    for (int k = 0; k < limbs; k++) {
      double sum = 0;
      for (int j = 0; j < ENTRIES; j++) {
        // 1 for the entry, 0 for the others: neither branches nor reads elsewhere.
        int weight = ((int) index[0] ^ j) - 1 >>> 31;
        sum = Math.fma(weight, table[to + j * limbs + k], sum);
      }
      r[ro + k] = sum;
    }
  }
}
