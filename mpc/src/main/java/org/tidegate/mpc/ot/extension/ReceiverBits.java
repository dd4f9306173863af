package org.tidegate.mpc.ot.extension;

/**
 * The receiver's part of an instance: v_i = w_i + u_i·Δ.
 *
 * @param v v_i at words 2i and 2i + 1
 */
@SuppressWarnings("ArrayRecordComponent") // results, never compared
public record ReceiverBits(long[] v) {
  /** Says how many there are, and none of them. */
  @Override
  public String toString() {
    return "ReceiverBits[" + v.length / 2 + "]";
  }
}
