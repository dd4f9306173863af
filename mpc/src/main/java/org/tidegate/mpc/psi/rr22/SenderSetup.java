package org.tidegate.mpc.psi.rr22;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.oprf.vole.VoleOprfSender;
import org.tidegate.mpc.oprf.vole.VoleOprfSenderSetup;
import org.tidegate.mpc.session.Handshake;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party that learns nothing but the receiver's number of keys, before the run. */
public final class SenderSetup {
  private final Session session;
  private final Rr22Parameters parameters;

  /** A run that has not begun. */
  public SenderSetup(Session session, Rr22Parameters parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  /**
   * Shakes hands and prepares what needs no keys.
   *
   * @param keys this party's keys, need not be distinct
   * @throws IllegalArgumentException if more of them are distinct than agreed
   */
  public Sender connect(PackedBytes keys) {
    return RunGuard.guard(session, RunGuard.NoRefusal.class, () -> connected(keys));
  }

  private Sender connected(PackedBytes keys) {
    OwnKeys own = new OwnKeys(session, keys);
    if (own.rows.length > parameters.maxSenderRows()) {
      throw new IllegalArgumentException(
          "the sender has %d distinct keys, and at most %d are agreed"
              .formatted(own.rows.length, parameters.maxSenderRows()));
    }
    int ownKeys = parameters.padded(own.rows.length, parameters.maxSenderRows());
    int receiverKeys =
        Handshake.exchange(
            session, Rr22Steps.HELLO, Rr22Steps.PROTOCOL, parameters.digest(), ownKeys)[0];
    if (receiverKeys < 1 || receiverKeys > Math.max(1, parameters.maxReceiverRows())) {
      throw new ProtocolAbortException(
          "the receiver has %d keys, and at most %d are agreed"
              .formatted(receiverKeys, parameters.maxReceiverRows()));
    }
    VoleOprfSender oprf = new VoleOprfSenderSetup(session, parameters.oprf()).connect(receiverKeys);
    return new Sender(
        session,
        own,
        ownKeys,
        parameters.tagBytes(ownKeys, receiverKeys),
        parameters.output(),
        oprf);
  }
}
