package org.tidegate.mpc.psi.ecdh;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.oprf.DistinctKeys;
import org.tidegate.mpc.session.Handshake;
import org.tidegate.mpc.session.RunGuard;
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
   * @param keys in canonical bytes; the run is over the distinct ones, and the sender learns how
   *     many these are
   * @throws IllegalArgumentException if there are more than agreed
   */
  public Receiver connect(PackedBytes keys) {
    if (keys.rows() > parameters.maxReceiverRows()) {
      throw new IllegalArgumentException(
          "the receiver has "
              + keys.rows()
              + " rows, and at most "
              + parameters.maxReceiverRows()
              + " are agreed");
    }
    int[] first = DistinctKeys.firstRows(keys);
    return RunGuard.guard(session, RunGuard.NoRefusal.class, () -> connect(keys, first));
  }

  private Receiver connect(PackedBytes keys, int[] first) {
    int[] distinct = DistinctKeys.distinctRows(first);
    int rows =
        Handshake.exchange(
            session,
            EcdhPsiSteps.HELLO,
            EcdhPsiSteps.PROTOCOL,
            parameters.digest(),
            distinct.length)[0];
    if (rows < 0 || rows > parameters.maxSenderRows()) {
      throw new ProtocolAbortException(
          "the sender has "
              + rows
              + " rows, and at most "
              + parameters.maxSenderRows()
              + " are agreed");
    }
    return new Receiver(session, parameters, keys, first, distinct, rows);
  }
}
