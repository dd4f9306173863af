package org.tidegate.mpc.ot;

/**
 * The sender's two keys of each transfer.
 *
 * @param keys k_0 of transfer i at 32·i, k_1 after it, {@link #KEY_BYTES} each
 */
@SuppressWarnings("ArrayRecordComponent") // results, never compared
public record SenderKeys(byte[] keys) {
  /** Bytes of a key. */
  public static final int KEY_BYTES = 16;

  /** Says how many there are, and none of them. */
  @Override
  public String toString() {
    return "SenderKeys[" + keys.length / (2 * KEY_BYTES) + " transfers]";
  }
}
