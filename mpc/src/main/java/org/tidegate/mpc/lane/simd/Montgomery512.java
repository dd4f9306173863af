package org.tidegate.mpc.lane.simd;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.lane.Montgomery;
import org.tidegate.mpc.lane.MontgomeryModulus;

/**
 * {@link Montgomery} in 512-bit vectors; method and bounds as in {@link
 * org.tidegate.mpc.lane.MontgomeryScalar}.
 */
public final class Montgomery512 implements Montgomery {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_512;
  private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
  private static final int W = D.length();

  private static final double SPLIT = 0x1.8p102;
  private static final double UNIT = 0x1.8p52;
  private static final double SPLIT_UNIT = SPLIT + UNIT;
  private static final long HI = Double.doubleToRawLongBits(SPLIT);
  private static final long LO = Double.doubleToRawLongBits(UNIT);
  private static final long LIMB = (1L << 50) - 1;
  private static final long HALF = 1L << 49;

  @Override
  public int lanes() {
    return W;
  }

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
    int length = modulus.residue();
    Arrays.fill(columns, 0, length, 0);
    rows(a, ao, b, bo, modulus, columns);
    carry(r, ro, columns, length);
  }

  @Override
  public void multiplyPair(
      double[] u, double[] v, double[] g, MontgomeryModulus modulus, long[] columns) {
    int length = modulus.residue();
    Arrays.fill(columns, 0, length, 0);
    rows(u, 0, g, 0, modulus, columns);
    carry(u, 0, columns, length);
    System.arraycopy(columns, length, columns, 0, length);
    rows(v, 0, g, 0, modulus, columns);
    carry(v, 0, columns, length);
  }

  private static void rows(
      double[] a, int ao, double[] b, int bo, MontgomeryModulus modulus, long[] columns) {
    int length = modulus.residue();
    double[] n = modulus.broadcast();
    long inverse = modulus.inverse();
    for (int i = 0; i < length; i += 2 * W) {
      twoRows(a, ao + i, b, bo, n, columns, length, inverse, length + i);
    }
  }

  private static void twoRows(
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] n,
      long[] columns,
      int length,
      long inverse,
      int digits) {
    DoubleVector split = DoubleVector.broadcast(D, SPLIT);
    DoubleVector splitUnit = DoubleVector.broadcast(D, SPLIT_UNIT);
    DoubleVector a0 = DoubleVector.fromArray(D, a, ao);
    DoubleVector a1 = DoubleVector.fromArray(D, a, ao + W);
    DoubleVector bLast = DoubleVector.fromArray(D, b, bo);
    DoubleVector nLast = DoubleVector.fromArray(D, n, 0);
    // Column 0 gives m0.
    DoubleVector h1 = a0.fma(bLast, split);
    DoubleVector l1 = a0.fma(bLast, splitUnit.sub(h1));
    LongVector t = LongVector.fromArray(L, columns, 0).add(l1.viewAsIntegralLanes()).sub(LO);
    LongVector m =
        t.mul(inverse).lanewise(VectorOperators.LSHL, 14).lanewise(VectorOperators.ASHR, 14);
    m.neg().intoArray(columns, digits);
    DoubleVector m0 = m.add(LO).viewAsFloatingLanes().sub(UNIT);
    DoubleVector h2 = m0.fma(nLast, h1);
    DoubleVector l2 = m0.fma(nLast, h1.sub(h2));
    t = t.add(l2.add(UNIT).viewAsIntegralLanes()).sub(LO).lanewise(VectorOperators.ASHR, 50);
    t = t.add(h2.viewAsIntegralLanes()).sub(HI);
    // Column 1 gives m1.
    DoubleVector bj = DoubleVector.fromArray(D, b, bo + W);
    DoubleVector nj = DoubleVector.fromArray(D, n, W);
    h1 = a0.fma(bj, split);
    l1 = a0.fma(bj, splitUnit.sub(h1));
    h2 = m0.fma(nj, h1);
    l2 = m0.fma(nj, h1.sub(h2));
    DoubleVector h3 = a1.fma(bLast, h2);
    DoubleVector l3 = a1.fma(bLast, h2.sub(h3));
    t = t.add(LongVector.fromArray(L, columns, W));
    t = t.add(l1.add(l2).add(l3).viewAsIntegralLanes()).sub(LO);
    m = t.mul(inverse).lanewise(VectorOperators.LSHL, 14).lanewise(VectorOperators.ASHR, 14);
    m.neg().intoArray(columns, digits + W);
    DoubleVector m1 = m.add(LO).viewAsFloatingLanes().sub(UNIT);
    DoubleVector h4 = m1.fma(nLast, h3);
    DoubleVector l4 = m1.fma(nLast, h3.sub(h4));
    t = t.add(l4.add(UNIT).viewAsIntegralLanes()).sub(LO).lanewise(VectorOperators.ASHR, 50);
    // From here on t is one LO short, for the next column's lo.
    t = t.add(h4.viewAsIntegralLanes()).sub(HI + LO);
    bLast = bj;
    nLast = nj;
    for (int j = 2 * W; j < length; j += W) {
      bj = DoubleVector.fromArray(D, b, bo + j);
      nj = DoubleVector.fromArray(D, n, j);
      h1 = a0.fma(bj, split);
      l1 = a0.fma(bj, splitUnit.sub(h1));
      h2 = m0.fma(nj, h1);
      l2 = m0.fma(nj, h1.sub(h2));
      h3 = a1.fma(bLast, h2);
      l3 = a1.fma(bLast, h2.sub(h3));
      h4 = m1.fma(nLast, h3);
      l4 = m1.fma(nLast, h3.sub(h4));
      LongVector.fromArray(L, columns, j)
          .add(t)
          .add(l1.add(l2).add(l3.add(l4)).viewAsIntegralLanes())
          .intoArray(columns, j - 2 * W);
      t = h4.viewAsIntegralLanes().sub(HI + LO);
      bLast = bj;
      nLast = nj;
    }
    h3 = a1.fma(bLast, split);
    l3 = a1.fma(bLast, splitUnit.sub(h3));
    h4 = m1.fma(nLast, h3);
    l4 = m1.fma(nLast, h3.sub(h4));
    t.add(l3.add(l4).viewAsIntegralLanes()).intoArray(columns, length - 2 * W);
    h4.viewAsIntegralLanes().sub(HI).intoArray(columns, length - W);
  }

  private static void carry(double[] r, int ro, long[] columns, int length) {
    LongVector carry = LongVector.zero(L);
    for (int j = 0; j < length - W; j += W) {
      LongVector c = LongVector.fromArray(L, columns, j).add(HALF);
      c.and(LIMB).or(LO).add(carry).viewAsFloatingLanes().sub(UNIT + HALF).intoArray(r, ro + j);
      carry = c.lanewise(VectorOperators.ASHR, 50);
    }
    LongVector.fromArray(L, columns, length - W)
        .add(carry)
        .add(LO)
        .viewAsFloatingLanes()
        .sub(UNIT)
        .intoArray(r, ro + length - W);
  }
}
