package org.tidegate.mpc.psi.ecdh;

/** The party that learns which of its rows match, ready to run once. */
public final class Receiver {
  Receiver() {}

  /**
   * Runs the protocol.
   *
   * @return the numbers of the rows whose key is at the sender too, ascending
   */
  public int[] run() {
    throw new UnsupportedOperationException();
  }
}
