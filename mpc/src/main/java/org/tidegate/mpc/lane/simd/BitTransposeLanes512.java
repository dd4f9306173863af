package org.tidegate.mpc.lane.simd;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.lane.BitTranspose;
import org.tidegate.mpc.lane.BitTransposeScalar;

/**
 * {@link BitTranspose} in 512-bit vectors: as many squares of 64×64 bits side by side as a vector
 * has lanes. A tile takes neighbouring words of every row, so memory is read once, in order; three
 * of the six rounds at a time stay in registers.
 */
public final class BitTransposeLanes512 implements BitTranspose {
  private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
  private static final int W = L.length();

  @Override
  public void transpose(long[] rows, int rowWords, long[] columns) {
    long[] square = new long[64 * W];
    int word = 0;
    for (; word + W <= rowWords; word += W) {
      for (int half = 0; half < 2; half++) {
        square(rows, 64 * half * rowWords + word, rowWords, square);
        store(square, columns, 128 * word + half);
      }
    }
    BitTransposeScalar.square(rows, rowWords, columns, word, rowWords);
  }

  // Nothing is factored out of coarse and fine: past a number of nodes C2 inlines vector methods
  // only, and a vector that is passed to a method of ours is boxed.
  private static void square(long[] rows, int from, int rowWords, long[] square) {
    for (int row = 0; row < 8; row++) {
      coarse(rows, from + row * rowWords, 8 * rowWords, square, W * row);
    }
    for (int row = 0; row < 64; row += 8) {
      fine(square, W * row);
    }
  }

  /** The rounds that swap 32, 16 and 8 bits: between rows eight apart. */
  private static void coarse(long[] rows, int in, int step, long[] squares, int out) {
    LongVector v0 = LongVector.fromArray(L, rows, in);
    LongVector v1 = LongVector.fromArray(L, rows, in + step);
    LongVector v2 = LongVector.fromArray(L, rows, in + 2 * step);
    LongVector v3 = LongVector.fromArray(L, rows, in + 3 * step);
    LongVector v4 = LongVector.fromArray(L, rows, in + 4 * step);
    LongVector v5 = LongVector.fromArray(L, rows, in + 5 * step);
    LongVector v6 = LongVector.fromArray(L, rows, in + 6 * step);
    LongVector v7 = LongVector.fromArray(L, rows, in + 7 * step);
    LongVector x;
    x = v0.lanewise(LSHR, 32).lanewise(XOR, v4).and(0x00000000ffffffffL);
    v0 = v0.lanewise(XOR, x.lanewise(LSHL, 32));
    v4 = v4.lanewise(XOR, x);
    x = v1.lanewise(LSHR, 32).lanewise(XOR, v5).and(0x00000000ffffffffL);
    v1 = v1.lanewise(XOR, x.lanewise(LSHL, 32));
    v5 = v5.lanewise(XOR, x);
    x = v2.lanewise(LSHR, 32).lanewise(XOR, v6).and(0x00000000ffffffffL);
    v2 = v2.lanewise(XOR, x.lanewise(LSHL, 32));
    v6 = v6.lanewise(XOR, x);
    x = v3.lanewise(LSHR, 32).lanewise(XOR, v7).and(0x00000000ffffffffL);
    v3 = v3.lanewise(XOR, x.lanewise(LSHL, 32));
    v7 = v7.lanewise(XOR, x);
    x = v0.lanewise(LSHR, 16).lanewise(XOR, v2).and(0x0000ffff0000ffffL);
    v0 = v0.lanewise(XOR, x.lanewise(LSHL, 16));
    v2 = v2.lanewise(XOR, x);
    x = v1.lanewise(LSHR, 16).lanewise(XOR, v3).and(0x0000ffff0000ffffL);
    v1 = v1.lanewise(XOR, x.lanewise(LSHL, 16));
    v3 = v3.lanewise(XOR, x);
    x = v4.lanewise(LSHR, 16).lanewise(XOR, v6).and(0x0000ffff0000ffffL);
    v4 = v4.lanewise(XOR, x.lanewise(LSHL, 16));
    v6 = v6.lanewise(XOR, x);
    x = v5.lanewise(LSHR, 16).lanewise(XOR, v7).and(0x0000ffff0000ffffL);
    v5 = v5.lanewise(XOR, x.lanewise(LSHL, 16));
    v7 = v7.lanewise(XOR, x);
    x = v0.lanewise(LSHR, 8).lanewise(XOR, v1).and(0x00ff00ff00ff00ffL);
    v0 = v0.lanewise(XOR, x.lanewise(LSHL, 8));
    v1 = v1.lanewise(XOR, x);
    x = v2.lanewise(LSHR, 8).lanewise(XOR, v3).and(0x00ff00ff00ff00ffL);
    v2 = v2.lanewise(XOR, x.lanewise(LSHL, 8));
    v3 = v3.lanewise(XOR, x);
    x = v4.lanewise(LSHR, 8).lanewise(XOR, v5).and(0x00ff00ff00ff00ffL);
    v4 = v4.lanewise(XOR, x.lanewise(LSHL, 8));
    v5 = v5.lanewise(XOR, x);
    x = v6.lanewise(LSHR, 8).lanewise(XOR, v7).and(0x00ff00ff00ff00ffL);
    v6 = v6.lanewise(XOR, x.lanewise(LSHL, 8));
    v7 = v7.lanewise(XOR, x);
    v0.intoArray(squares, out);
    v1.intoArray(squares, out + 8 * W);
    v2.intoArray(squares, out + 16 * W);
    v3.intoArray(squares, out + 24 * W);
    v4.intoArray(squares, out + 32 * W);
    v5.intoArray(squares, out + 40 * W);
    v6.intoArray(squares, out + 48 * W);
    v7.intoArray(squares, out + 56 * W);
  }

  /** The rounds that swap 4, 2 and 1 bits: between neighbouring rows. */
  private static void fine(long[] squares, int at) {
    LongVector v0 = LongVector.fromArray(L, squares, at);
    LongVector v1 = LongVector.fromArray(L, squares, at + W);
    LongVector v2 = LongVector.fromArray(L, squares, at + 2 * W);
    LongVector v3 = LongVector.fromArray(L, squares, at + 3 * W);
    LongVector v4 = LongVector.fromArray(L, squares, at + 4 * W);
    LongVector v5 = LongVector.fromArray(L, squares, at + 5 * W);
    LongVector v6 = LongVector.fromArray(L, squares, at + 6 * W);
    LongVector v7 = LongVector.fromArray(L, squares, at + 7 * W);
    LongVector x;
    x = v0.lanewise(LSHR, 4).lanewise(XOR, v4).and(0x0f0f0f0f0f0f0f0fL);
    v0 = v0.lanewise(XOR, x.lanewise(LSHL, 4));
    v4 = v4.lanewise(XOR, x);
    x = v1.lanewise(LSHR, 4).lanewise(XOR, v5).and(0x0f0f0f0f0f0f0f0fL);
    v1 = v1.lanewise(XOR, x.lanewise(LSHL, 4));
    v5 = v5.lanewise(XOR, x);
    x = v2.lanewise(LSHR, 4).lanewise(XOR, v6).and(0x0f0f0f0f0f0f0f0fL);
    v2 = v2.lanewise(XOR, x.lanewise(LSHL, 4));
    v6 = v6.lanewise(XOR, x);
    x = v3.lanewise(LSHR, 4).lanewise(XOR, v7).and(0x0f0f0f0f0f0f0f0fL);
    v3 = v3.lanewise(XOR, x.lanewise(LSHL, 4));
    v7 = v7.lanewise(XOR, x);
    x = v0.lanewise(LSHR, 2).lanewise(XOR, v2).and(0x3333333333333333L);
    v0 = v0.lanewise(XOR, x.lanewise(LSHL, 2));
    v2 = v2.lanewise(XOR, x);
    x = v1.lanewise(LSHR, 2).lanewise(XOR, v3).and(0x3333333333333333L);
    v1 = v1.lanewise(XOR, x.lanewise(LSHL, 2));
    v3 = v3.lanewise(XOR, x);
    x = v4.lanewise(LSHR, 2).lanewise(XOR, v6).and(0x3333333333333333L);
    v4 = v4.lanewise(XOR, x.lanewise(LSHL, 2));
    v6 = v6.lanewise(XOR, x);
    x = v5.lanewise(LSHR, 2).lanewise(XOR, v7).and(0x3333333333333333L);
    v5 = v5.lanewise(XOR, x.lanewise(LSHL, 2));
    v7 = v7.lanewise(XOR, x);
    x = v0.lanewise(LSHR, 1).lanewise(XOR, v1).and(0x5555555555555555L);
    v0 = v0.lanewise(XOR, x.lanewise(LSHL, 1));
    v1 = v1.lanewise(XOR, x);
    x = v2.lanewise(LSHR, 1).lanewise(XOR, v3).and(0x5555555555555555L);
    v2 = v2.lanewise(XOR, x.lanewise(LSHL, 1));
    v3 = v3.lanewise(XOR, x);
    x = v4.lanewise(LSHR, 1).lanewise(XOR, v5).and(0x5555555555555555L);
    v4 = v4.lanewise(XOR, x.lanewise(LSHL, 1));
    v5 = v5.lanewise(XOR, x);
    x = v6.lanewise(LSHR, 1).lanewise(XOR, v7).and(0x5555555555555555L);
    v6 = v6.lanewise(XOR, x.lanewise(LSHL, 1));
    v7 = v7.lanewise(XOR, x);
    v0.intoArray(squares, at);
    v1.intoArray(squares, at + W);
    v2.intoArray(squares, at + 2 * W);
    v3.intoArray(squares, at + 3 * W);
    v4.intoArray(squares, at + 4 * W);
    v5.intoArray(squares, at + 5 * W);
    v6.intoArray(squares, at + 6 * W);
    v7.intoArray(squares, at + 7 * W);
  }

  private static void store(long[] squares, long[] columns, int to) {
    for (int lane = 0; lane < W; lane++) {
      int at = to + 128 * lane;
      for (int column = 0; column < 64; column++) {
        columns[at + 2 * column] = squares[W * column + lane];
      }
    }
  }
}
