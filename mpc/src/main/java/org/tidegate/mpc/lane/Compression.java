package org.tidegate.mpc.lane;

/**
 * The compression function of a hash with 64-byte blocks and eight 32-bit words of state, on {@link
 * #lanes()} independent messages at a time. Word i of lane k is at {@code i·lanes() + k}.
 * Implementations have no mutable state.
 */
public interface Compression {
  /** Words of a state, and of a digest. */
  int STATE_WORDS = 8;

  /** Words of a block. */
  int BLOCK_WORDS = 16;

  /** Messages side by side. */
  int lanes();

  /** Words that the schedule needs room for. */
  int scheduleWords();

  /** A word of the initial state. */
  int initial(int word);

  /**
   * Compresses one block per lane into its state.
   *
   * @param state {@value #STATE_WORDS} words per lane
   * @param schedule {@link #scheduleWords()} words per lane: the first {@value #BLOCK_WORDS} are
   *     the block and stay, the rest is overwritten
   */
  void compress(int[] state, int[] schedule);
}
