package org.tidegate.mpc.lane.simd;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.lane.Gf64;
import org.tidegate.mpc.lane.Gf64Scalar;

/**
 * {@link Gf64} in 512-bit vectors, in blocks that stay in L1: Karatsuba with three 32-bit parts a
 * product, which {@link CarryLess512} multiplies.
 */
public final class Gf64Lanes512 implements Gf64 {
  private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
  private static final int W = L.length();
  private static final int BLOCK = 128;
  private static final int PARTS = 3;
  private static final long WORD = 0xffffffffL;

  private final Gf64 tail = new Gf64Scalar();

  @Override
  public void multiply(long[] r, long[] a, long[] b, int from, int to) {
    long[] x = new long[PARTS * BLOCK];
    long[] y = new long[PARTS * BLOCK];
    int i = from;
    for (; i + BLOCK <= to; i += BLOCK) {
      split(x, a, i);
      split(y, b, i);
      CarryLess512.multiply(x, y, PARTS * BLOCK);
      join(r, x, i);
    }
    tail.multiply(r, a, b, i, to);
  }

  @Override
  public long innerProduct(long[] a, long[] b, int from, int to) {
    long[] x = new long[PARTS * BLOCK];
    long[] y = new long[PARTS * BLOCK];
    long[] parts = new long[PARTS * BLOCK];
    int i = from;
    for (; i + BLOCK <= to; i += BLOCK) {
      split(x, a, i);
      split(y, b, i);
      CarryLess512.multiply(x, y, PARTS * BLOCK);
      CarryLess512.add(parts, x, PARTS * BLOCK);
    }
    long sum = tail.innerProduct(a, b, i, to);
    // Putting together and folding are linear: once for all blocks.
    long[] sums = new long[BLOCK];
    join(sums, parts, 0);
    for (long part : sums) {
      sum ^= part;
    }
    return sum;
  }

  /** The lower and the upper word of each element, and their sum. */
  private static void split(long[] parts, long[] elements, int from) {
    for (int i = 0; i < BLOCK; i += W) {
      LongVector element = LongVector.fromArray(L, elements, from + i);
      LongVector low = element.and(WORD);
      LongVector high = element.lanewise(LSHR, 32);
      low.intoArray(parts, i);
      high.intoArray(parts, BLOCK + i);
      low.lanewise(XOR, high).intoArray(parts, 2 * BLOCK + i);
    }
  }

  /** Puts the three products together and folds by x^64 = x^4 + x^3 + x + 1. */
  private static void join(long[] r, long[] parts, int from) {
    for (int i = 0; i < BLOCK; i += W) {
      LongVector low = LongVector.fromArray(L, parts, i);
      LongVector high = LongVector.fromArray(L, parts, BLOCK + i);
      LongVector middle = LongVector.fromArray(L, parts, 2 * BLOCK + i);
      middle = middle.lanewise(XOR, low).lanewise(XOR, high);
      low = low.lanewise(XOR, middle.lanewise(LSHL, 32));
      high = high.lanewise(XOR, middle.lanewise(LSHR, 32));
      LongVector over = high.lanewise(LSHR, 63).lanewise(XOR, high.lanewise(LSHR, 61));
      high = high.lanewise(XOR, over).lanewise(XOR, high.lanewise(LSHR, 60));
      low = low.lanewise(XOR, high).lanewise(XOR, high.lanewise(LSHL, 1));
      low = low.lanewise(XOR, high.lanewise(LSHL, 3)).lanewise(XOR, high.lanewise(LSHL, 4));
      low.intoArray(r, from + i);
    }
  }
}
