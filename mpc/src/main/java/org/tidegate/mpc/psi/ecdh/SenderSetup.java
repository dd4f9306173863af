package org.tidegate.mpc.psi.ecdh;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.oprf.DistinctKeys;
import org.tidegate.mpc.session.Handshake;
import org.tidegate.mpc.session.RunGuard;
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
   * @param keys in canonical bytes; the run is over the distinct ones, and the receiver learns how
   *     many these are
   * @throws IllegalArgumentException if there are more than agreed
   */
  public Sender connect(PackedBytes keys) {
    if (keys.rows() > parameters.maxSenderRows()) {
      throw new IllegalArgumentException(
          "the sender has "
              + keys.rows()
              + " rows, and at most "
              + parameters.maxSenderRows()
              + " are agreed");
    }
    int[] distinct = DistinctKeys.distinctRows(DistinctKeys.firstRows(keys));
    return RunGuard.guard(session, RunGuard.NoRefusal.class, () -> connect(keys, distinct));
  }

  private Sender connect(PackedBytes keys, int[] distinct) {
    int rows =
        Handshake.exchange(
            session,
            EcdhPsiSteps.HELLO,
            EcdhPsiSteps.PROTOCOL,
            parameters.digest(),
            distinct.length)[0];
    if (rows < 0 || rows > parameters.maxReceiverRows()) {
      throw new ProtocolAbortException(
          "the receiver has "
              + rows
              + " rows, and at most "
              + parameters.maxReceiverRows()
              + " are agreed");
    }
    return new Sender(session, parameters, keys, distinct, rows);
  }
}
