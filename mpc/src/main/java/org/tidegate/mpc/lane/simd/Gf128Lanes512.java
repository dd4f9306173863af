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
 * <p>Karatsuba down to nine 32-bit parts a product; their carry-less products are integer products
 * of operands with holes, as in {@link Gf128Scalar}: of 32 bits 8 remain, so a column sums up to 8
 * and never carries into the next kept bit.
 */
public final class Gf128Lanes512 implements Gf128 {
  private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
  private static final int W = L.length();
  private static final int BLOCK = 64;
  private static final int PARTS = 9;
  private static final long WORD = 0xffffffffL;
  private static final long HOLES_32 = 0x11111111L;
  private static final long HOLES = 0x1111111111111111L;

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
      multiplyParts(a, b);
      join(rl, rh, a, i);
    }
    tail.multiply(rl, rh, al, ah, bl, bh, i, to);
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

  /** a[i] = a[i]·b[i], 32 by 32 bits without carries. */
  private static void multiplyParts(long[] a, long[] b) {
    for (int i = 0; i < PARTS * BLOCK; i += W) {
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
