package org.tidegate.mpc.lane.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.lane.Field25519;
import org.tidegate.mpc.lane.Limbs25519;

/**
 * {@link Field25519} in 512-bit vectors; bounds as proven for {@link
 * org.tidegate.mpc.lane.Field25519Scalar}.
 *
 * <p>Hot methods are straight lines or small loops without helper calls: C2 stops inlining helpers
 * once a method grows, and then allocates every vector.
 */
public final class Field25519Lanes512 implements Field25519 {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_512;
  private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
  private static final int W = D.length();
  private static final int SLOT = LIMBS * W;

  private static final double SPLIT = 0x1.8p103;
  private static final double UNIT = 0x1.8p52;
  private static final double SPLIT_UNIT = SPLIT + UNIT;

  /** What a column holds too much: the bits of one SPLIT per hi, of one UNIT per lo. */
  private static final long HI = Double.doubleToRawLongBits(SPLIT);

  private static final long LO = Double.doubleToRawLongBits(UNIT);
  private static final long LIMB = (1L << 51) - 1;
  private static final long HALF = 1L << 50;
  private static final double PER_LIMB = 0x1p-51;

  // Columns k and k + 5 of a product of all 25 pairs, folded; HALF makes the carry round to
  // nearest.
  private static final long MUL0 = LO + 19 * (4 * LO + 5 * HI) - HALF;
  private static final long MUL1 = 2 * LO + HI + 19 * (3 * LO + 4 * HI) - HALF;
  private static final long MUL2 = 3 * LO + 2 * HI + 19 * (2 * LO + 3 * HI) - HALF;
  private static final long MUL3 = 4 * LO + 3 * HI + 19 * (LO + 2 * HI) - HALF;
  private static final long MUL4 = 5 * LO + 4 * HI + 19 * HI - HALF;

  // The same for a square, where the two equal products of a pair are one.
  private static final long SQR0 = LO + 19 * (2 * LO + 3 * HI) - HALF;
  private static final long SQR1 = LO + HI + 19 * (2 * LO + 2 * HI) - HALF;
  private static final long SQR2 = 2 * LO + HI + 19 * (LO + 2 * HI) - HALF;
  private static final long SQR3 = 2 * LO + 2 * HI + 19 * (LO + HI) - HALF;
  private static final long SQR4 = 3 * LO + 2 * HI + 19 * HI - HALF;

  @Override
  public int lanes() {
    return W;
  }

  /**
   * Row by row: in turn j the five columns j..j+4 are in s0..s4. Column j is then complete, but for
   * the fold, and waits in limb j of r, which no later turn reads.
   */
  @Override
  public void multiply(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    assert Limbs25519.product(a, ao, b, bo, W, 3);
    DoubleVector split = DoubleVector.broadcast(D, SPLIT);
    DoubleVector splitUnit = DoubleVector.broadcast(D, SPLIT_UNIT);
    DoubleVector a0 = DoubleVector.fromArray(D, a, ao);
    DoubleVector a1 = DoubleVector.fromArray(D, a, ao + W);
    DoubleVector a2 = DoubleVector.fromArray(D, a, ao + 2 * W);
    DoubleVector a3 = DoubleVector.fromArray(D, a, ao + 3 * W);
    DoubleVector a4 = DoubleVector.fromArray(D, a, ao + 4 * W);
    LongVector s0 = LongVector.zero(L);
    LongVector s1 = s0;
    LongVector s2 = s0;
    LongVector s3 = s0;
    LongVector s4 = s0;
    for (int j = 0; j < SLOT; j += W) {
      DoubleVector bj = DoubleVector.fromArray(D, b, bo + j);
      DoubleVector h = a0.fma(bj, split);
      s0.add(a0.fma(bj, splitUnit.sub(h)).viewAsIntegralLanes())
          .viewAsFloatingLanes()
          .intoArray(r, ro + j);
      s0 = s1.add(h.viewAsIntegralLanes());
      h = a1.fma(bj, split);
      s0 = s0.add(a1.fma(bj, splitUnit.sub(h)).viewAsIntegralLanes());
      s1 = s2.add(h.viewAsIntegralLanes());
      h = a2.fma(bj, split);
      s1 = s1.add(a2.fma(bj, splitUnit.sub(h)).viewAsIntegralLanes());
      s2 = s3.add(h.viewAsIntegralLanes());
      h = a3.fma(bj, split);
      s2 = s2.add(a3.fma(bj, splitUnit.sub(h)).viewAsIntegralLanes());
      s3 = s4.add(h.viewAsIntegralLanes());
      h = a4.fma(bj, split);
      s3 = s3.add(a4.fma(bj, splitUnit.sub(h)).viewAsIntegralLanes());
      s4 = h.viewAsIntegralLanes();
    }
    LongVector c0 = DoubleVector.fromArray(D, r, ro).viewAsIntegralLanes();
    LongVector c1 = DoubleVector.fromArray(D, r, ro + W).viewAsIntegralLanes();
    LongVector c2 = DoubleVector.fromArray(D, r, ro + 2 * W).viewAsIntegralLanes();
    LongVector c3 = DoubleVector.fromArray(D, r, ro + 3 * W).viewAsIntegralLanes();
    LongVector c4 = DoubleVector.fromArray(D, r, ro + 4 * W).viewAsIntegralLanes();
    c0 = c0.add(s0.mul(19L)).sub(MUL0);
    c1 = c1.add(s1.mul(19L)).sub(MUL1);
    c2 = c2.add(s2.mul(19L)).sub(MUL2);
    c3 = c3.add(s3.mul(19L)).sub(MUL3);
    c4 = c4.add(s4.mul(19L)).sub(MUL4);
    LongVector y0 = c0.lanewise(VectorOperators.ASHR, 51);
    LongVector y1 = c1.lanewise(VectorOperators.ASHR, 51);
    LongVector y2 = c2.lanewise(VectorOperators.ASHR, 51);
    LongVector y3 = c3.lanewise(VectorOperators.ASHR, 51);
    LongVector y4 = c4.lanewise(VectorOperators.ASHR, 51).mul(19L);
    // The low 51 bits under the exponent of UNIT are a double; UNIT and the HALF go off again.
    double off = UNIT + HALF;
    c0.and(LIMB).or(LO).add(y4).viewAsFloatingLanes().sub(off).intoArray(r, ro);
    c1.and(LIMB).or(LO).add(y0).viewAsFloatingLanes().sub(off).intoArray(r, ro + W);
    c2.and(LIMB).or(LO).add(y1).viewAsFloatingLanes().sub(off).intoArray(r, ro + 2 * W);
    c3.and(LIMB).or(LO).add(y2).viewAsFloatingLanes().sub(off).intoArray(r, ro + 3 * W);
    c4.and(LIMB).or(LO).add(y3).viewAsFloatingLanes().sub(off).intoArray(r, ro + 4 * W);
  }

  @Override
  public void square(double[] r, int ro, double[] a, int ao) {
    squareTimes(r, ro, a, ao, 1);
  }

  /**
   * Column by column, so that few sums are alive at a time. A chain of squares stays in registers.
   */
  @Override
  public void squareTimes(double[] r, int ro, double[] a, int ao, int n) {
    assert Limbs25519.product(a, ao, a, ao, W, 1);
    DoubleVector split = DoubleVector.broadcast(D, SPLIT);
    DoubleVector splitUnit = DoubleVector.broadcast(D, SPLIT_UNIT);
    DoubleVector a0 = DoubleVector.fromArray(D, a, ao);
    DoubleVector a1 = DoubleVector.fromArray(D, a, ao + W);
    DoubleVector a2 = DoubleVector.fromArray(D, a, ao + 2 * W);
    DoubleVector a3 = DoubleVector.fromArray(D, a, ao + 3 * W);
    DoubleVector a4 = DoubleVector.fromArray(D, a, ao + 4 * W);
    for (int i = 0; i < n; i++) {
      DoubleVector d0 = a0.add(a0);
      DoubleVector d1 = a1.add(a1);
      DoubleVector d2 = a2.add(a2);
      DoubleVector d3 = a3.add(a3);
      DoubleVector h = a0.fma(a0, split);
      LongVector s1 = h.viewAsIntegralLanes();
      LongVector s0 = a0.fma(a0, splitUnit.sub(h)).viewAsIntegralLanes();
      h = d0.fma(a1, split);
      LongVector s2 = h.viewAsIntegralLanes();
      s1 = s1.add(d0.fma(a1, splitUnit.sub(h)).viewAsIntegralLanes());
      h = d0.fma(a2, split);
      LongVector s3 = h.viewAsIntegralLanes();
      s2 = s2.add(d0.fma(a2, splitUnit.sub(h)).viewAsIntegralLanes());
      h = a1.fma(a1, split);
      s3 = s3.add(h.viewAsIntegralLanes());
      s2 = s2.add(a1.fma(a1, splitUnit.sub(h)).viewAsIntegralLanes());
      h = d0.fma(a3, split);
      LongVector s4 = h.viewAsIntegralLanes();
      s3 = s3.add(d0.fma(a3, splitUnit.sub(h)).viewAsIntegralLanes());
      h = d1.fma(a2, split);
      s4 = s4.add(h.viewAsIntegralLanes());
      s3 = s3.add(d1.fma(a2, splitUnit.sub(h)).viewAsIntegralLanes());
      h = d0.fma(a4, split);
      LongVector s5 = h.viewAsIntegralLanes();
      s4 = s4.add(d0.fma(a4, splitUnit.sub(h)).viewAsIntegralLanes());
      h = d1.fma(a3, split);
      s5 = s5.add(h.viewAsIntegralLanes());
      s4 = s4.add(d1.fma(a3, splitUnit.sub(h)).viewAsIntegralLanes());
      h = a2.fma(a2, split);
      s5 = s5.add(h.viewAsIntegralLanes());
      s4 = s4.add(a2.fma(a2, splitUnit.sub(h)).viewAsIntegralLanes());
      h = d1.fma(a4, split);
      LongVector s6 = h.viewAsIntegralLanes();
      s5 = s5.add(d1.fma(a4, splitUnit.sub(h)).viewAsIntegralLanes());
      h = d2.fma(a3, split);
      s6 = s6.add(h.viewAsIntegralLanes());
      s5 = s5.add(d2.fma(a3, splitUnit.sub(h)).viewAsIntegralLanes());
      h = d2.fma(a4, split);
      LongVector s7 = h.viewAsIntegralLanes();
      s6 = s6.add(d2.fma(a4, splitUnit.sub(h)).viewAsIntegralLanes());
      h = a3.fma(a3, split);
      s7 = s7.add(h.viewAsIntegralLanes());
      s6 = s6.add(a3.fma(a3, splitUnit.sub(h)).viewAsIntegralLanes());
      h = d3.fma(a4, split);
      LongVector s8 = h.viewAsIntegralLanes();
      s7 = s7.add(d3.fma(a4, splitUnit.sub(h)).viewAsIntegralLanes());
      h = a4.fma(a4, split);
      LongVector s9 = h.viewAsIntegralLanes();
      s8 = s8.add(a4.fma(a4, splitUnit.sub(h)).viewAsIntegralLanes());
      LongVector c0 = s0.add(s5.mul(19L)).sub(SQR0);
      LongVector c1 = s1.add(s6.mul(19L)).sub(SQR1);
      LongVector c2 = s2.add(s7.mul(19L)).sub(SQR2);
      LongVector c3 = s3.add(s8.mul(19L)).sub(SQR3);
      LongVector c4 = s4.add(s9.mul(19L)).sub(SQR4);
      LongVector y0 = c0.lanewise(VectorOperators.ASHR, 51);
      LongVector y1 = c1.lanewise(VectorOperators.ASHR, 51);
      LongVector y2 = c2.lanewise(VectorOperators.ASHR, 51);
      LongVector y3 = c3.lanewise(VectorOperators.ASHR, 51);
      LongVector y4 = c4.lanewise(VectorOperators.ASHR, 51).mul(19L);
      double off = UNIT + HALF;
      a0 = c0.and(LIMB).or(LO).add(y4).viewAsFloatingLanes().sub(off);
      a1 = c1.and(LIMB).or(LO).add(y0).viewAsFloatingLanes().sub(off);
      a2 = c2.and(LIMB).or(LO).add(y1).viewAsFloatingLanes().sub(off);
      a3 = c3.and(LIMB).or(LO).add(y2).viewAsFloatingLanes().sub(off);
      a4 = c4.and(LIMB).or(LO).add(y3).viewAsFloatingLanes().sub(off);
    }
    a0.intoArray(r, ro);
    a1.intoArray(r, ro + W);
    a2.intoArray(r, ro + 2 * W);
    a3.intoArray(r, ro + 3 * W);
    a4.intoArray(r, ro + 4 * W);
  }

  @Override
  public void add(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    for (int k = 0; k < SLOT; k += W) {
      DoubleVector.fromArray(D, a, ao + k)
          .add(DoubleVector.fromArray(D, b, bo + k))
          .intoArray(r, ro + k);
    }
  }

  @Override
  public void subtract(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    for (int k = 0; k < SLOT; k += W) {
      DoubleVector.fromArray(D, a, ao + k)
          .sub(DoubleVector.fromArray(D, b, bo + k))
          .intoArray(r, ro + k);
    }
  }

  @Override
  public void addTight(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    DoubleVector below = DoubleVector.zero(D);
    for (int k = 0; k < SLOT; k += W) {
      DoubleVector x =
          DoubleVector.fromArray(D, a, ao + k).add(DoubleVector.fromArray(D, b, bo + k));
      DoubleVector h = x.add(SPLIT).sub(SPLIT);
      x.sub(h).add(below).intoArray(r, ro + k);
      below = h.mul(PER_LIMB);
    }
    DoubleVector.fromArray(D, r, ro).add(below.mul(19)).intoArray(r, ro);
  }

  @Override
  public void subtractTight(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    DoubleVector below = DoubleVector.zero(D);
    for (int k = 0; k < SLOT; k += W) {
      DoubleVector x =
          DoubleVector.fromArray(D, a, ao + k).sub(DoubleVector.fromArray(D, b, bo + k));
      DoubleVector h = x.add(SPLIT).sub(SPLIT);
      x.sub(h).add(below).intoArray(r, ro + k);
      below = h.mul(PER_LIMB);
    }
    DoubleVector.fromArray(D, r, ro).add(below.mul(19)).intoArray(r, ro);
  }

  @Override
  public void addTwiceTight(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    DoubleVector below = DoubleVector.zero(D);
    for (int k = 0; k < SLOT; k += W) {
      DoubleVector y = DoubleVector.fromArray(D, b, bo + k);
      DoubleVector x = DoubleVector.fromArray(D, a, ao + k).add(y.add(y));
      DoubleVector h = x.add(SPLIT).sub(SPLIT);
      x.sub(h).add(below).intoArray(r, ro + k);
      below = h.mul(PER_LIMB);
    }
    DoubleVector.fromArray(D, r, ro).add(below.mul(19)).intoArray(r, ro);
  }

  @Override
  public void sumAndDifference(double[] w, int s, int d, int a, int b) {
    for (int k = 0; k < SLOT; k += W) {
      DoubleVector x = DoubleVector.fromArray(D, w, a + k);
      DoubleVector y = DoubleVector.fromArray(D, w, b + k);
      x.add(y).intoArray(w, s + k);
      x.sub(y).intoArray(w, d + k);
    }
  }

  @Override
  public void sumAndDifferenceTight(double[] w, int s, int d, int a, int b) {
    DoubleVector belowS = DoubleVector.zero(D);
    DoubleVector belowD = belowS;
    for (int k = 0; k < SLOT; k += W) {
      DoubleVector x = DoubleVector.fromArray(D, w, a + k);
      DoubleVector y = DoubleVector.fromArray(D, w, b + k);
      DoubleVector sum = x.add(y);
      DoubleVector difference = x.sub(y);
      DoubleVector h = sum.add(SPLIT).sub(SPLIT);
      sum.sub(h).add(belowS).intoArray(w, s + k);
      belowS = h.mul(PER_LIMB);
      h = difference.add(SPLIT).sub(SPLIT);
      difference.sub(h).add(belowD).intoArray(w, d + k);
      belowD = h.mul(PER_LIMB);
    }
    DoubleVector.fromArray(D, w, s).add(belowS.mul(19)).intoArray(w, s);
    DoubleVector.fromArray(D, w, d).add(belowD.mul(19)).intoArray(w, d);
  }

  @Override
  public void addMultiple(double[] r, int ro, double[] a, int ao, double[] b, int bo, int k) {
    DoubleVector factor = DoubleVector.broadcast(D, k);
    DoubleVector below = DoubleVector.zero(D);
    for (int i = 0; i < SLOT; i += W) {
      DoubleVector x = DoubleVector.fromArray(D, b, bo + i);
      DoubleVector h = x.fma(factor, DoubleVector.broadcast(D, SPLIT)).sub(SPLIT);
      x.fma(factor, h.neg())
          .add(DoubleVector.fromArray(D, a, ao + i))
          .add(below)
          .intoArray(r, ro + i);
      below = h.mul(PER_LIMB);
    }
    DoubleVector.fromArray(D, r, ro).add(below.mul(19)).intoArray(r, ro);
    below = DoubleVector.zero(D);
    for (int i = 0; i < SLOT; i += W) {
      DoubleVector x = DoubleVector.fromArray(D, r, ro + i);
      DoubleVector h = x.add(SPLIT).sub(SPLIT);
      x.sub(h).add(below).intoArray(r, ro + i);
      below = h.mul(PER_LIMB);
    }
    DoubleVector.fromArray(D, r, ro).add(below.mul(19)).intoArray(r, ro);
  }

  @Override
  public void swap(double[] a, int ao, double[] b, int bo, double[] bits) {
    DoubleVector bit = DoubleVector.fromArray(D, bits, 0);
    for (int k = 0; k < SLOT; k += W) {
      DoubleVector x = DoubleVector.fromArray(D, a, ao + k);
      DoubleVector y = DoubleVector.fromArray(D, b, bo + k);
      DoubleVector d = y.sub(x).mul(bit);
      x.add(d).intoArray(a, ao + k);
      y.sub(d).intoArray(b, bo + k);
    }
  }

  @Override
  public void select(double[] r, int ro, double[] a, int ao, double[] b, int bo, double[] bits) {
    DoubleVector bit = DoubleVector.fromArray(D, bits, 0);
    for (int k = 0; k < SLOT; k += W) {
      DoubleVector x = DoubleVector.fromArray(D, a, ao + k);
      DoubleVector y = DoubleVector.fromArray(D, b, bo + k);
      bit.fma(y.sub(x), x).intoArray(r, ro + k);
    }
  }

  @Override
  public void lookUp(double[] r, int ro, double[] table, int to, int slots, double[] weights) {
    DoubleVector w0 = DoubleVector.broadcast(D, weights[0]);
    DoubleVector w1 = DoubleVector.broadcast(D, weights[1]);
    DoubleVector w2 = DoubleVector.broadcast(D, weights[2]);
    DoubleVector w3 = DoubleVector.broadcast(D, weights[3]);
    DoubleVector w4 = DoubleVector.broadcast(D, weights[4]);
    DoubleVector w5 = DoubleVector.broadcast(D, weights[5]);
    DoubleVector w6 = DoubleVector.broadcast(D, weights[6]);
    DoubleVector w7 = DoubleVector.broadcast(D, weights[7]);
    DoubleVector w8 = DoubleVector.broadcast(D, weights[8]);
    int entry = slots * SLOT;
    for (int k = 0; k < entry; k += W) {
      int at = to + k;
      DoubleVector even = DoubleVector.fromArray(D, table, at).mul(w0);
      DoubleVector odd = DoubleVector.fromArray(D, table, at + entry).mul(w1);
      even = DoubleVector.fromArray(D, table, at + 2 * entry).fma(w2, even);
      odd = DoubleVector.fromArray(D, table, at + 3 * entry).fma(w3, odd);
      even = DoubleVector.fromArray(D, table, at + 4 * entry).fma(w4, even);
      odd = DoubleVector.fromArray(D, table, at + 5 * entry).fma(w5, odd);
      even = DoubleVector.fromArray(D, table, at + 6 * entry).fma(w6, even);
      odd = DoubleVector.fromArray(D, table, at + 7 * entry).fma(w7, odd);
      even = DoubleVector.fromArray(D, table, at + 8 * entry).fma(w8, even);
      even.add(odd).intoArray(r, ro + k);
    }
  }

  @Override
  public void lookUpEach(double[] r, int ro, double[] table, int to, int slots, double[] index) {
    DoubleVector which = DoubleVector.fromArray(D, index, 0);
    DoubleVector none = DoubleVector.zero(D);
    DoubleVector w0 = none.blend(1, which.eq(0));
    DoubleVector w1 = none.blend(1, which.eq(1));
    DoubleVector w2 = none.blend(1, which.eq(2));
    DoubleVector w3 = none.blend(1, which.eq(3));
    DoubleVector w4 = none.blend(1, which.eq(4));
    DoubleVector w5 = none.blend(1, which.eq(5));
    DoubleVector w6 = none.blend(1, which.eq(6));
    DoubleVector w7 = none.blend(1, which.eq(7));
    DoubleVector w8 = none.blend(1, which.eq(8));
    int limbs = slots * LIMBS;
    for (int k = 0; k < limbs; k++) {
      int at = to + k;
      DoubleVector even = w0.mul(table[at]);
      DoubleVector odd = w1.mul(table[at + limbs]);
      even = w2.fma(DoubleVector.broadcast(D, table[at + 2 * limbs]), even);
      odd = w3.fma(DoubleVector.broadcast(D, table[at + 3 * limbs]), odd);
      even = w4.fma(DoubleVector.broadcast(D, table[at + 4 * limbs]), even);
      odd = w5.fma(DoubleVector.broadcast(D, table[at + 5 * limbs]), odd);
      even = w6.fma(DoubleVector.broadcast(D, table[at + 6 * limbs]), even);
      odd = w7.fma(DoubleVector.broadcast(D, table[at + 7 * limbs]), odd);
      even = w8.fma(DoubleVector.broadcast(D, table[at + 8 * limbs]), even);
      even.add(odd).intoArray(r, ro + k * W);
    }
  }
}
