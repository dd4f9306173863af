package org.tidegate.mpc.psi.ecdh;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.session.Session;

/** The party that learns which of its rows match, before the handshake. */
public final class ReceiverSetup {
  private final Session session;
  private final EcdhPsiParameters parameters;

  /** The session's binding names the sender first and the receiver second. */
  public ReceiverSetup(Session session, EcdhPsiParameters parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  /**
   * Shakes hands.
   *
   * @param keys need not be distinct
   */
  public Receiver connect(PackedBytes keys) {
    throw new UnsupportedOperationException();
  }
}
