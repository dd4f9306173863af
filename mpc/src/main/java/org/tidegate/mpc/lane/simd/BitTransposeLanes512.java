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
 * has lanes. A tile takes neighbouring words of every row, so memory is read once, in order.
 */
public final class BitTransposeLanes512 implements BitTranspose {
  private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
  private static final int W = L.length();

  @Override
  public void transpose(long[] rows, int rowWords, long[] columns) {
    long[] low = new long[64 * W];
    long[] high = new long[64 * W];
    int word = 0;
    for (; word + W <= rowWords; word += W) {
      load(rows, word, rowWords, low);
      load(rows, 64 * rowWords + word, rowWords, high);
      rounds(low);
      rounds(high);
      store(low, high, columns, 128 * word);
    }
    BitTransposeScalar.square(rows, rowWords, columns, word, rowWords);
  }

  private static void load(long[] rows, int from, int rowWords, long[] squares) {
    for (int row = 0; row < 64; row++) {
      LongVector.fromArray(L, rows, from + row * rowWords).intoArray(squares, W * row);
    }
  }

  private static void rounds(long[] squares) {
    swap(squares, 32, 0x00000000ffffffffL);
    swap(squares, 16, 0x0000ffff0000ffffL);
    swap(squares, 8, 0x00ff00ff00ff00ffL);
    swap(squares, 4, 0x0f0f0f0f0f0f0f0fL);
    swap(squares, 2, 0x3333333333333333L);
    swap(squares, 1, 0x5555555555555555L);
  }

  private static void swap(long[] squares, int distance, long mask) {
    // One loop over all pairs: C2 does badly at inner loops of one or two rounds.
    for (int pair = 0; pair < 32; pair++) {
      int row = pair + (pair & -distance);
      LongVector upper = LongVector.fromArray(L, squares, W * row);
      LongVector lower = LongVector.fromArray(L, squares, W * (row + distance));
      LongVector x = upper.lanewise(LSHR, distance).lanewise(XOR, lower).and(mask);
      lower.lanewise(XOR, x).intoArray(squares, W * (row + distance));
      upper.lanewise(XOR, x.lanewise(LSHL, distance)).intoArray(squares, W * row);
    }
  }

  private static void store(long[] low, long[] high, long[] columns, int to) {
    for (int lane = 0; lane < W; lane++) {
      int at = to + 128 * lane;
      for (int column = 0; column < 64; column++) {
        columns[at + 2 * column] = low[W * column + lane];
        columns[at + 2 * column + 1] = high[W * column + lane];
      }
    }
  }
}
