package org.tidegate.mpc.psi.ecdh;

/** The party that learns nothing but the receiver's number of rows, ready to run once. */
public final class Sender {
  Sender() {}

  /** Runs the protocol. */
  public void run() {
    throw new UnsupportedOperationException();
  }
}
