package org.tidegate.mpc.lane;

import java.util.Arrays;

/** One lane of {@link Montgomery} in plain Java: the reference of the vector versions. */
public final class MontgomeryScalar implements Montgomery {
  private static final double SPLIT = 0x1.8p102;
  private static final double UNIT = 0x1.8p52;
  private static final double SPLIT_UNIT = SPLIT + UNIT;
  private static final long HI = Double.doubleToRawLongBits(SPLIT);
  private static final long LO = Double.doubleToRawLongBits(UNIT);
  private static final long LIMB = (1L << 50) - 1;
  private static final double HALF = 0x1p49;

  @Override
  public int lanes() {
    return 1;
  }

  /**
   * Two rows at a time: T += (a<sub>i</sub> + a<sub>i+1</sub>·2^50)·b + (m<sub>0</sub> +
   * m<sub>1</sub>·2^50)·N, with m<sub>0</sub>, m<sub>1</sub> such that the two lowest columns
   * vanish; then T /= 2^100.
   *
   * <p>The four products of a column are split one upon the other: h4 = h3 + hi4 and so on. Bounds:
   * a product is below 2^98 + 2^60, so four of them move h by less than 2^101, which keeps it in
   * the binade of SPLIT; four lo of at most 2^49 and UNIT stay in the binade of UNIT. A pair of
   * rows adds at most 4·2^48 + 4·2^49 + 2^13 to a column, so with up to 2^8 pairs a column, which
   * begins within 2^49, is below 2^60, and carries are below 2^9 once it is normalised (328 limbs,
   * so 164 pairs, is the most there is). Value: |a·b + m·N| / R ≤ N²/R + N·(1/2 + 2^-40) &lt; N
   * since R ≥ 4·N.
   */
  @Override
  public void multiply(
      double[] r,
      int ro,
      double[] a,
      int ao,
      double[] b,
      int bo,
      MontgomeryModulus modulus,
      long[] columns) {
    int limbs = modulus.limbs();
    Arrays.fill(columns, 0, limbs, 0);
    rows(a, ao, b, bo, modulus, columns);
    carry(r, ro, columns, limbs);
  }

  @Override
  public void multiplyPair(
      double[] u, double[] v, double[] g, MontgomeryModulus modulus, long[] columns) {
    int limbs = modulus.limbs();
    Arrays.fill(columns, 0, limbs, 0);
    rows(u, 0, g, 0, modulus, columns);
    carry(u, 0, columns, limbs);
    // −M, as a value below R, is where the columns of v·g begin.
    System.arraycopy(columns, limbs, columns, 0, limbs);
    rows(v, 0, g, 0, modulus, columns);
    carry(v, 0, columns, limbs);
  }

  /** Adds a·b + M·N to the columns and divides them by R; behind them come the limbs of −M. */
  private static void rows(
      double[] a, int ao, double[] b, int bo, MontgomeryModulus modulus, long[] columns) {
    int limbs = modulus.limbs();
    double[] n = modulus.broadcast();
    for (int i = 0; i < limbs; i += 2) {
      twoRows(a[ao + i], a[ao + i + 1], b, bo, n, columns, limbs, modulus.inverse(), limbs + i);
    }
  }

  private static void carry(double[] r, int ro, long[] columns, int limbs) {
    long carry = 0;
    for (int j = 0; j < limbs - 1; j++) {
      long c = columns[j] + (1L << 49);
      r[ro + j] = (c & LIMB) + carry - HALF;
      carry = c >> 50;
    }
    r[ro + limbs - 1] = columns[limbs - 1] + carry;
  }

  private static void twoRows(
      double a0,
      double a1,
      double[] b,
      int bo,
      double[] n,
      long[] columns,
      int limbs,
      long inverse,
      int digits) {
    // Column 0 gives m0.
    double h1 = Math.fma(a0, b[bo], SPLIT);
    double l1 = Math.fma(a0, b[bo], SPLIT_UNIT - h1);
    long t = columns[0] + bits(l1) - LO;
    double m0 = t * inverse << 14 >> 14;
    double h2 = Math.fma(m0, n[0], h1);
    double l2 = Math.fma(m0, n[0], h1 - h2);
    t = (t + (long) l2 >> 50) + bits(h2) - HI;
    // Column 1 gives m1.
    h1 = Math.fma(a0, b[bo + 1], SPLIT);
    l1 = Math.fma(a0, b[bo + 1], SPLIT_UNIT - h1);
    h2 = Math.fma(m0, n[1], h1);
    l2 = Math.fma(m0, n[1], h1 - h2);
    double h3 = Math.fma(a1, b[bo], h2);
    double l3 = Math.fma(a1, b[bo], h2 - h3);
    t += columns[1] + bits(l1 + l2 + l3) - LO;
    double m1 = t * inverse << 14 >> 14;
    columns[digits] = -(long) m0;
    columns[digits + 1] = -(long) m1;
    double h4 = Math.fma(m1, n[0], h3);
    double l4 = Math.fma(m1, n[0], h3 - h4);
    t = (t + (long) l4 >> 50) + bits(h4) - HI;
    for (int j = 2; j < limbs; j++) {
      h1 = Math.fma(a0, b[bo + j], SPLIT);
      l1 = Math.fma(a0, b[bo + j], SPLIT_UNIT - h1);
      h2 = Math.fma(m0, n[j], h1);
      l2 = Math.fma(m0, n[j], h1 - h2);
      h3 = Math.fma(a1, b[bo + j - 1], h2);
      l3 = Math.fma(a1, b[bo + j - 1], h2 - h3);
      h4 = Math.fma(m1, n[j - 1], h3);
      l4 = Math.fma(m1, n[j - 1], h3 - h4);
      columns[j - 2] = columns[j] + t + bits(l1 + l2 + (l3 + l4)) - LO;
      t = bits(h4) - HI;
    }
    h3 = Math.fma(a1, b[bo + limbs - 1], SPLIT);
    l3 = Math.fma(a1, b[bo + limbs - 1], SPLIT_UNIT - h3);
    h4 = Math.fma(m1, n[limbs - 1], h3);
    l4 = Math.fma(m1, n[limbs - 1], h3 - h4);
    columns[limbs - 2] = t + bits(l3 + l4) - LO;
    columns[limbs - 1] = bits(h4) - HI;
  }

  private static long bits(double x) {
    return Double.doubleToRawLongBits(x);
  }
}
