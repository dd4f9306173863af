package org.tidegate.mpc.lane.simd;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.lane.Gf128;
import org.tidegate.mpc.lane.Gf128Scalar;

/**
 * {@link Gf128} in 512-bit vectors, in blocks that stay in L1.
 *
 * <p>Karatsuba down to nine 32-bit parts a product, which {@link CarryLess512} multiplies.
 */
public final class Gf128Lanes512 implements Gf128 {
  private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
  private static final int W = L.length();
  private static final int BLOCK = 64;
  private static final int PARTS = 9;
  private static final long WORD = 0xffffffffL;

  private final Gf128 tail = new Gf128Scalar();

  @Override
  public void multiply(
      long[] rl, long[] rh, long[] al, long[] ah, long[] bl, long[] bh, int from, int to) {
    long[] a = new long[PARTS * BLOCK];
    long[] b = new long[PARTS * BLOCK];
    int i = from;
    for (; i + BLOCK <= to; i += BLOCK) {
      split(a, al, ah, i);
      split(b, bl, bh, i);
      CarryLess512.multiply(a, b, PARTS * BLOCK);
      join(rl, rh, a, i);
    }
    tail.multiply(rl, rh, al, ah, bl, bh, i, to);
  }

  @Override
  public void innerProduct(
      long[] sum, long[] al, long[] ah, long[] bl, long[] bh, int from, int to) {
    long[] a = new long[PARTS * BLOCK];
    long[] b = new long[PARTS * BLOCK];
    long[] parts = new long[PARTS * BLOCK];
    int i = from;
    for (; i + BLOCK <= to; i += BLOCK) {
      split(a, al, ah, i);
      split(b, bl, bh, i);
      CarryLess512.multiply(a, b, PARTS * BLOCK);
      CarryLess512.add(parts, a, PARTS * BLOCK);
    }
    tail.innerProduct(sum, al, ah, bl, bh, i, to);
    // Putting together and folding are linear: once for all blocks.
    long[] low = new long[BLOCK];
    long[] high = new long[BLOCK];
    join(low, high, parts, 0);
    for (int k = 0; k < BLOCK; k++) {
      sum[0] ^= low[k];
      sum[1] ^= high[k];
    }
  }

  /** The four words a0..a3 of each element, and their sums: 0, 1, 01, 2, 3, 23, 02, 13, 0123. */
  private static void split(long[] parts, long[] low, long[] high, int from) {
    for (int i = 0; i < BLOCK; i += W) {
      LongVector l = LongVector.fromArray(L, low, from + i);
      LongVector h = LongVector.fromArray(L, high, from + i);
      LongVector a0 = l.and(WORD);
      LongVector a1 = l.lanewise(LSHR, 32);
      LongVector a2 = h.and(WORD);
      LongVector a3 = h.lanewise(LSHR, 32);
      LongVector a02 = a0.lanewise(XOR, a2);
      LongVector a13 = a1.lanewise(XOR, a3);
      a0.intoArray(parts, i);
      a1.intoArray(parts, BLOCK + i);
      a0.lanewise(XOR, a1).intoArray(parts, 2 * BLOCK + i);
      a2.intoArray(parts, 3 * BLOCK + i);
      a3.intoArray(parts, 4 * BLOCK + i);
      a2.lanewise(XOR, a3).intoArray(parts, 5 * BLOCK + i);
      a02.intoArray(parts, 6 * BLOCK + i);
      a13.intoArray(parts, 7 * BLOCK + i);
      a02.lanewise(XOR, a13).intoArray(parts, 8 * BLOCK + i);
    }
  }

  /** Puts the nine products together and folds by x^128 = x^7 + x^2 + x + 1. */
  private static void join(long[] rl, long[] rh, long[] parts, int from) {
    for (int i = 0; i < BLOCK; i += W) {
      LongVector p0 = LongVector.fromArray(L, parts, i);
      LongVector p1 = LongVector.fromArray(L, parts, BLOCK + i);
      LongVector pm = LongVector.fromArray(L, parts, 2 * BLOCK + i);
      pm = pm.lanewise(XOR, p0).lanewise(XOR, p1);
      p0 = p0.lanewise(XOR, pm.lanewise(LSHL, 32));
      p1 = p1.lanewise(XOR, pm.lanewise(LSHR, 32));
      LongVector q0 = LongVector.fromArray(L, parts, 3 * BLOCK + i);
      LongVector q1 = LongVector.fromArray(L, parts, 4 * BLOCK + i);
      LongVector qm = LongVector.fromArray(L, parts, 5 * BLOCK + i);
      qm = qm.lanewise(XOR, q0).lanewise(XOR, q1);
      q0 = q0.lanewise(XOR, qm.lanewise(LSHL, 32));
      q1 = q1.lanewise(XOR, qm.lanewise(LSHR, 32));
      LongVector s0 = LongVector.fromArray(L, parts, 6 * BLOCK + i);
      LongVector s1 = LongVector.fromArray(L, parts, 7 * BLOCK + i);
      LongVector sm = LongVector.fromArray(L, parts, 8 * BLOCK + i);
      sm = sm.lanewise(XOR, s0).lanewise(XOR, s1);
      s0 = s0.lanewise(XOR, sm.lanewise(LSHL, 32)).lanewise(XOR, p0).lanewise(XOR, q0);
      s1 = s1.lanewise(XOR, sm.lanewise(LSHR, 32)).lanewise(XOR, p1).lanewise(XOR, q1);
      LongVector w1 = p1.lanewise(XOR, s0);
      LongVector w2 = q0.lanewise(XOR, s1);
      w1 = w1.lanewise(XOR, q1).lanewise(XOR, q1.lanewise(LSHL, 1));
      w1 = w1.lanewise(XOR, q1.lanewise(LSHL, 2)).lanewise(XOR, q1.lanewise(LSHL, 7));
      w2 = w2.lanewise(XOR, q1.lanewise(LSHR, 63)).lanewise(XOR, q1.lanewise(LSHR, 62));
      w2 = w2.lanewise(XOR, q1.lanewise(LSHR, 57));
      p0 = p0.lanewise(XOR, w2).lanewise(XOR, w2.lanewise(LSHL, 1));
      p0 = p0.lanewise(XOR, w2.lanewise(LSHL, 2)).lanewise(XOR, w2.lanewise(LSHL, 7));
      w1 = w1.lanewise(XOR, w2.lanewise(LSHR, 63)).lanewise(XOR, w2.lanewise(LSHR, 62));
      w1 = w1.lanewise(XOR, w2.lanewise(LSHR, 57));
      p0.intoArray(rl, from + i);
      w1.intoArray(rh, from + i);
    }
  }
}
