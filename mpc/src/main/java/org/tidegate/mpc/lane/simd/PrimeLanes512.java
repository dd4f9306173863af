package org.tidegate.mpc.lane.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.lane.PrimeField;
import org.tidegate.mpc.lane.SparsePrime;

/**
 * What 512-bit kernels of all {@link SparsePrime}s have in common; their products come from the
 * generator {@code SparsePrimeLanes}. Bounds as proven for {@link
 * org.tidegate.mpc.lane.PrimeFieldScalar}.
 */
abstract class PrimeLanes512 implements PrimeField {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_512;
  private static final int W = D.length();
  private static final int SLOT = LIMBS * W;
  private static final int TOP = SLOT - W;
  private static final double SPLIT = 0x1.8p103;
  private static final double PER_LIMB = 0x1p-51;
  private static final double FOLD = 0x1.8p104;
  private static final double NEARLY_ONE = 1 + 0x1p-32;

  private final SparsePrime prime;

  /** The limbs of −(p + 1), in all lanes. */
  private final double[] minusPlusOne = new double[SLOT];

  PrimeLanes512(SparsePrime prime) {
    this.prime = prime;
    for (int k = 0; k < SLOT; k++) {
      minusPlusOne[k] = -prime.limbOfPlusOne(k / W);
    }
  }

  @Override
  public final SparsePrime prime() {
    return prime;
  }

  @Override
  public final int lanes() {
    return W;
  }

  @Override
  public final void add(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    DoubleVector h =
        DoubleVector.fromArray(D, a, ao + TOP)
            .add(DoubleVector.fromArray(D, b, bo + TOP))
            .fma(NEARLY_ONE, FOLD)
            .sub(FOLD)
            .mul(0x1p-52);
    DoubleVector below = h;
    for (int k = 0; k < TOP; k += W) {
      DoubleVector x =
          DoubleVector.fromArray(D, a, ao + k).add(DoubleVector.fromArray(D, b, bo + k));
      x = h.fma(DoubleVector.fromArray(D, minusPlusOne, k), x).add(below);
      DoubleVector multiple = x.add(SPLIT).sub(SPLIT);
      x.sub(multiple).intoArray(r, ro + k);
      below = multiple.mul(PER_LIMB);
    }
    DoubleVector x =
        DoubleVector.fromArray(D, a, ao + TOP).add(DoubleVector.fromArray(D, b, bo + TOP));
    h.fma(DoubleVector.fromArray(D, minusPlusOne, TOP), x).add(below).intoArray(r, ro + TOP);
  }

  @Override
  public final void subtract(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    DoubleVector h =
        DoubleVector.fromArray(D, a, ao + TOP)
            .sub(DoubleVector.fromArray(D, b, bo + TOP))
            .fma(NEARLY_ONE, FOLD)
            .sub(FOLD)
            .mul(0x1p-52);
    DoubleVector below = h;
    for (int k = 0; k < TOP; k += W) {
      DoubleVector x =
          DoubleVector.fromArray(D, a, ao + k).sub(DoubleVector.fromArray(D, b, bo + k));
      x = h.fma(DoubleVector.fromArray(D, minusPlusOne, k), x).add(below);
      DoubleVector multiple = x.add(SPLIT).sub(SPLIT);
      x.sub(multiple).intoArray(r, ro + k);
      below = multiple.mul(PER_LIMB);
    }
    DoubleVector x =
        DoubleVector.fromArray(D, a, ao + TOP).sub(DoubleVector.fromArray(D, b, bo + TOP));
    h.fma(DoubleVector.fromArray(D, minusPlusOne, TOP), x).add(below).intoArray(r, ro + TOP);
  }

  @Override
  public final void subtractTwice(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    DoubleVector h =
        DoubleVector.fromArray(D, a, ao + TOP)
            .sub(DoubleVector.fromArray(D, b, bo + TOP))
            .fma(2 * NEARLY_ONE, FOLD)
            .sub(FOLD)
            .mul(0x1p-52);
    DoubleVector below = h;
    for (int k = 0; k < TOP; k += W) {
      DoubleVector x =
          DoubleVector.fromArray(D, a, ao + k).sub(DoubleVector.fromArray(D, b, bo + k));
      x = x.add(x);
      x = h.fma(DoubleVector.fromArray(D, minusPlusOne, k), x).add(below);
      DoubleVector multiple = x.add(SPLIT).sub(SPLIT);
      x.sub(multiple).intoArray(r, ro + k);
      below = multiple.mul(PER_LIMB);
    }
    DoubleVector x =
        DoubleVector.fromArray(D, a, ao + TOP).sub(DoubleVector.fromArray(D, b, bo + TOP));
    x = x.add(x);
    h.fma(DoubleVector.fromArray(D, minusPlusOne, TOP), x).add(below).intoArray(r, ro + TOP);
  }

  @Override
  public final void select(
      double[] r, int ro, double[] a, int ao, double[] b, int bo, double[] bits) {
    DoubleVector bit = DoubleVector.fromArray(D, bits, 0);
    for (int k = 0; k < SLOT; k += W) {
      DoubleVector x = DoubleVector.fromArray(D, a, ao + k);
      DoubleVector y = DoubleVector.fromArray(D, b, bo + k);
      bit.fma(y.sub(x), x).intoArray(r, ro + k);
    }
  }

  @Override
  public final void lookUp(
      double[] r, int ro, double[] table, int to, int slots, double[] weights) {
    DoubleVector w0 = DoubleVector.broadcast(D, weights[0]);
    DoubleVector w1 = DoubleVector.broadcast(D, weights[1]);
    DoubleVector w2 = DoubleVector.broadcast(D, weights[2]);
    DoubleVector w3 = DoubleVector.broadcast(D, weights[3]);
    DoubleVector w4 = DoubleVector.broadcast(D, weights[4]);
    DoubleVector w5 = DoubleVector.broadcast(D, weights[5]);
    DoubleVector w6 = DoubleVector.broadcast(D, weights[6]);
    DoubleVector w7 = DoubleVector.broadcast(D, weights[7]);
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
      even.add(odd).intoArray(r, ro + k);
    }
  }

  @Override
  public final void lookUpEach(
      double[] r, int ro, double[] table, int to, int slots, double[] index) {
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
      even.add(odd).intoArray(r, ro + k * W);
    }
  }
}
