package org.tidegate.mpc.ot.extension;

/**
 * The sender's part of an instance: w_i = v_i + u_i·Δ.
 *
 * @param delta Δ, two words, the lower first
 * @param w w_i at words 2i and 2i + 1
 */
@SuppressWarnings("ArrayRecordComponent") // results, never compared
public record SenderBits(long[] delta, long[] w) {
  /** Says how many there are, and none of them. */
  @Override
  public String toString() {
    return "SenderBits[" + w.length / 2 + "]";
  }
}
