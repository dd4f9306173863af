package org.tidegate.mpc.lane;

/**
 * The two steps of a sparse linear code over blocks of 128 bits, which are pairs of words, the
 * lower first. Time and the places that are read depend on counts and public arguments only.
 * Implementations have no mutable state.
 */
public interface BlockCode {
  /** How far a block reaches back in {@link #convolve}. */
  int STATE = 24;

  /** Blocks that are worked on together. */
  int GROUP = 4;

  /** Bytes of taps of a group: 24 nibbles. */
  int TAP_BYTES = STATE * GROUP / 8;

  /**
   * y_i += y_{i−24} + Σ_{s=1..23} c_{i,s}·y_{i−s} for {@code count} blocks, in their order and in
   * place.
   *
   * @param blocks the block of number i at words 2i and 2i + 1
   * @param from the first, at least {@link #STATE}
   * @param count a multiple of {@link #GROUP}
   * @param taps {@link #TAP_BYTES} a group: bit j of nibble s − 1, the lower nibble of a byte
   *     first, is c_{i,s} of the group's block j. The last nibble is not read
   */
  void convolve(long[] blocks, int from, int count, byte[] taps);

  /**
   * sums_{to + i} += y_{start + ⌊w_i·size/2^32⌋} for {@code count} public words w_i.
   *
   * @param words little-endian, 4 bytes each
   * @param sums blocks; another array
   */
  void gather(long[] blocks, int start, int size, byte[] words, long[] sums, int to, int count);
}
