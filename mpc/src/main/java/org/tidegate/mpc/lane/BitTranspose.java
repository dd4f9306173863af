package org.tidegate.mpc.lane;

/**
 * Transposes a matrix of 128 rows of bits into one of 128-bit elements, as OT extension needs it.
 * Time depends on the width only. Implementations have no mutable state.
 */
public interface BitTranspose {
  /** Rows. */
  int ROWS = 128;

  /**
   * Bit r of element j becomes bit j of row r.
   *
   * @param rows the matrix, row after row: bit j of row r is bit j mod 64 of word {@code r·rowWords
   *     + j/64}
   * @param rowWords words of a row
   * @param columns receives 64·rowWords elements of two words, the lower first; another array
   */
  void transpose(long[] rows, int rowWords, long[] columns);
}
