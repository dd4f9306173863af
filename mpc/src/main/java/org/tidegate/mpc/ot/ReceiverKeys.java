package org.tidegate.mpc.ot;

/**
 * The receiver's key of each transfer.
 *
 * @param keys k_c of transfer i at 16·i, {@link SenderKeys#KEY_BYTES} each
 */
@SuppressWarnings("ArrayRecordComponent") // results, never compared
public record ReceiverKeys(byte[] keys) {
  /** Says how many there are, and none of them. */
  @Override
  public String toString() {
    return "ReceiverKeys[" + keys.length / SenderKeys.KEY_BYTES + " transfers]";
  }
}
