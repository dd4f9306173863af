package org.tidegate.mpc.lane.simd;

import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Carry-less products of 32-bit words: integer products of operands with holes. Every fourth bit is
 * kept; of 32 bits 8 remain, so a column sums up to 8 and never carries into the next kept bit.
 */
final class CarryLess512 {
  private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
  private static final int W = L.length();
  private static final long HOLES_32 = 0x11111111L;
  private static final long HOLES = 0x1111111111111111L;

  private CarryLess512() {}

  /** a[i] = a[i]·b[i] for i below the count, a multiple of the lanes; all below 2^32. */
  static void multiply(long[] a, long[] b, int count) {
    for (int i = 0; i < count; i += W) {
      LongVector x = LongVector.fromArray(L, a, i);
      LongVector y = LongVector.fromArray(L, b, i);
      LongVector x0 = x.and(HOLES_32);
      LongVector x1 = x.and(HOLES_32 << 1);
      LongVector x2 = x.and(HOLES_32 << 2);
      LongVector x3 = x.and(HOLES_32 << 3);
      LongVector y0 = y.and(HOLES_32);
      LongVector y1 = y.and(HOLES_32 << 1);
      LongVector y2 = y.and(HOLES_32 << 2);
      LongVector y3 = y.and(HOLES_32 << 3);
      LongVector z0 =
          x0.mul(y0).lanewise(XOR, x1.mul(y3)).lanewise(XOR, x2.mul(y2)).lanewise(XOR, x3.mul(y1));
      LongVector z1 =
          x0.mul(y1).lanewise(XOR, x1.mul(y0)).lanewise(XOR, x2.mul(y3)).lanewise(XOR, x3.mul(y2));
      LongVector z2 =
          x0.mul(y2).lanewise(XOR, x1.mul(y1)).lanewise(XOR, x2.mul(y0)).lanewise(XOR, x3.mul(y3));
      LongVector z3 =
          x0.mul(y3).lanewise(XOR, x1.mul(y2)).lanewise(XOR, x2.mul(y1)).lanewise(XOR, x3.mul(y0));
      z0.and(HOLES)
          .or(z1.and(HOLES << 1))
          .or(z2.and(HOLES << 2))
          .or(z3.and(HOLES << 3))
          .intoArray(a, i);
    }
  }

  /** sum[i] ^= a[i] for i below the count, a multiple of the lanes. */
  static void add(long[] sum, long[] a, int count) {
    for (int i = 0; i < count; i += W) {
      LongVector.fromArray(L, sum, i)
          .lanewise(XOR, LongVector.fromArray(L, a, i))
          .intoArray(sum, i);
    }
  }
}
