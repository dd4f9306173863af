package org.tidegate.mpc.psi.ecdh;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.session.Session;

/** The party that learns nothing but the receiver's number of rows, before the handshake. */
public final class SenderSetup {
  private final Session session;
  private final EcdhPsiParameters parameters;

  /** The session's binding names the sender first and the receiver second. */
  public SenderSetup(Session session, EcdhPsiParameters parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  /**
   * Shakes hands.
   *
   * @param keys distinct
   */
  public Sender connect(PackedBytes keys) {
    throw new UnsupportedOperationException();
  }
}
