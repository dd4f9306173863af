package org.tidegate.mpc.psi.rr22;

import java.util.Arrays;
import org.tidegate.mpc.oprf.ElementFrames;
import org.tidegate.mpc.oprf.vole.VoleOprf;
import org.tidegate.mpc.oprf.vole.VoleOprfSender;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Confirmation;
import org.tidegate.mpc.session.RevealHook;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party that learns nothing but the receiver's number of keys, ready to run once. */
public final class Sender {
  private final Session session;
  private final OwnKeys keys;
  private final int count;
  private final int tagBytes;
  private final VoleOprfSender oprf;
  private final RunGuard guard = new RunGuard();

  Sender(Session session, OwnKeys keys, int count, int tagBytes, VoleOprfSender oprf) {
    this.session = session;
    this.keys = keys;
    this.count = count;
    this.tagBytes = tagBytes;
    this.oprf = oprf;
  }

  /**
   * Runs the protocol.
   *
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer or the network altered
   *     anything
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public void run() {
    run(RevealHook.NONE);
  }

  /**
   * Runs the protocol.
   *
   * @param hook called once, before the first of the tags, from which alone the receiver learns its
   *     matches
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer or the network altered
   *     anything
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public void run(RevealHook hook) {
    guard.once(session, RunGuard.NoRefusal.class, () -> runOnce(hook));
  }

  private Boolean runOnce(RevealHook hook) {
    byte[] tags;
    try (SecretRandom random = session.random().fork("psi-sender")) {
      byte[] tokens = keys.tokens(count, random);
      VoleOprf function = oprf.run();
      tags = random.shuffled(function.evaluate(tokens, count, tagBytes), tagBytes, count);
    }
    // Nothing that depends on the keys has left so far.
    Confirmation.exchange(session, Rr22Steps.AGREE);
    hook.beforeReveal();
    ElementFrames.send(
        session,
        Rr22Steps.TAGS,
        count,
        Rr22Steps.BATCH,
        (from, to) -> Arrays.copyOfRange(tags, from * tagBytes, to * tagBytes));
    Confirmation.send(session, Rr22Steps.SEALED, new byte[0]);
    Confirmation.receive(session, Rr22Steps.DONE, 0);
    Confirmation.send(session, Rr22Steps.END, new byte[0]);
    session.channel().flush();
    return true;
  }
}
