package org.tidegate.mpc.psi.rr22;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.oprf.vole.VoleOprfReceiver;
import org.tidegate.mpc.oprf.vole.VoleOprfReceiverSetup;
import org.tidegate.mpc.session.Handshake;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party that learns which of its rows match, before the run. */
public final class ReceiverSetup {
  private final Session session;
  private final Rr22Parameters parameters;

  /** A run that has not begun. */
  public ReceiverSetup(Session session, Rr22Parameters parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  /**
   * Shakes hands and prepares what needs no keys.
   *
   * @param keys this party's keys, need not be distinct
   * @throws IllegalArgumentException if more of them are distinct than agreed
   */
  public Receiver connect(PackedBytes keys) {
    return RunGuard.guard(session, RunGuard.NoRefusal.class, () -> connected(keys));
  }

  private Receiver connected(PackedBytes keys) {
    OwnKeys own = new OwnKeys(session, keys);
    if (own.rows.length > parameters.maxReceiverRows()) {
      throw new IllegalArgumentException(
          "the receiver has %d distinct keys, and at most %d are agreed"
              .formatted(own.rows.length, parameters.maxReceiverRows()));
    }
    int ownKeys = parameters.padded(own.rows.length, parameters.maxReceiverRows());
    int senderKeys =
        Handshake.exchange(
            session, Rr22Steps.HELLO, Rr22Steps.PROTOCOL, parameters.digest(), ownKeys)[0];
    if (senderKeys < 1 || senderKeys > Math.max(1, parameters.maxSenderRows())) {
      throw new ProtocolAbortException(
          "the sender has %d keys, and at most %d are agreed"
              .formatted(senderKeys, parameters.maxSenderRows()));
    }
    VoleOprfReceiver oprf = new VoleOprfReceiverSetup(session, parameters.oprf()).connect(ownKeys);
    return new Receiver(
        session,
        own,
        ownKeys,
        senderKeys,
        parameters.tagBytes(senderKeys, ownKeys),
        parameters.output(),
        oprf);
  }
}
