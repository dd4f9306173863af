package org.tidegate.mpc.lane;

/**
 * {@link BitTranspose} by squares of 64×64 bits, each in six rounds of swapping halves (H. Warren,
 * <i>Hacker's Delight</i>, section 7-3): the reference of the vector versions.
 */
public final class BitTransposeScalar implements BitTranspose {
  @Override
  public void transpose(long[] rows, int rowWords, long[] columns) {
    square(rows, rowWords, columns, 0, rowWords);
  }

  /** Transposes the words [from, to) of each row. */
  public static void square(long[] rows, int rowWords, long[] columns, int from, int to) {
    long[] square = new long[64];
    for (int word = from; word < to; word++) {
      for (int half = 0; half < 2; half++) {
        for (int row = 0; row < 64; row++) {
          square[row] = rows[(64 * half + row) * rowWords + word];
        }
        long mask = 0xffffffffL;
        for (int distance = 32; distance > 0; distance >>= 1, mask ^= mask << distance) {
          swap(square, distance, mask);
        }
        for (int column = 0; column < 64; column++) {
          columns[2 * (64 * word + column) + half] = square[column];
        }
      }
    }
  }

  private static void swap(long[] square, int distance, long mask) {
    for (int i = 0; i < 64; i = (i | distance) + 1 & ~distance) {
      long x = (square[i] >>> distance ^ square[i | distance]) & mask;
      square[i | distance] ^= x;
      square[i] ^= x << distance;
    }
  }
}
