package org.tidegate.mpc.psi.ecdh;

import java.util.Arrays;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.curve.SecretScalars;
import org.tidegate.mpc.oprf.ElementFrames;
import org.tidegate.mpc.oprf.KeyLists;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Confirmation;
import org.tidegate.mpc.session.RevealHook;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party that learns nothing but the receiver's number of rows, ready to run once. */
public final class Sender {
  private final Session session;
  private final EcdhPsiParameters parameters;
  private final PackedBytes keys;
  private final int[] distinct;
  private final int receiverRows;
  private final RunGuard guard = new RunGuard();

  Sender(
      Session session,
      EcdhPsiParameters parameters,
      PackedBytes keys,
      int[] distinct,
      int receiverRows) {
    this.session = session;
    this.parameters = parameters;
    this.keys = keys;
    this.distinct = distinct;
    this.receiverRows = receiverRows;
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
   * @param hook called once, before the first of the tokens, from which alone the receiver learns
   *     its matches
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer or the network altered
   *     anything
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public void run(RevealHook hook) {
    guard.once(session, RunGuard.NoRefusal.class, () -> runOnce(hook));
  }

  private Boolean runOnce(RevealHook hook) {
    Group group = parameters.group();
    KeyLists lists = new KeyLists(session, group, EcdhPsiSteps.PROTOCOL);
    int element = group.elementBytes();
    byte[] k;
    int[] order;
    try (SecretRandom random = session.random().fork("sender")) {
      k = SecretScalars.random(group, random);
      order = random.permutation(distinct.length);
    }
    Arrays.setAll(order, i -> distinct[order[i]]);
    byte[] evaluating = SecretScalars.withoutCarried(group, k);
    byte[] key = new byte[element];
    session.kernels().group(group).multiply(evaluating, group.generator(), 0, key, 0, 1);
    session.channel().send(EcdhPsiSteps.KEY, key);
    session.channel().flush();
    ElementFrames.receive(
        session,
        EcdhPsiSteps.BLINDED,
        receiverRows,
        element,
        parameters.batchItems(),
        (from, to, frame) -> evaluate(lists, evaluating, frame));
    byte[] own = new byte[order.length * element];
    for (int from = 0; from < order.length; from += parameters.batchItems()) {
      lists.blind(
          k, keys, order, from, Math.min(order.length, from + parameters.batchItems()), own);
    }
    Arrays.fill(k, (byte) 0);
    Arrays.fill(evaluating, (byte) 0);
    Confirmation.exchange(session, EcdhPsiSteps.AGREE);
    hook.beforeReveal();
    ElementFrames.send(
        session,
        EcdhPsiSteps.TOKENS,
        order.length,
        parameters.batchItems(),
        (from, to) -> Tokens.of(session, key, keys, order, own, element, from, to));
    Confirmation.send(session, EcdhPsiSteps.SEALED, new byte[0]);
    Confirmation.receive(session, EcdhPsiSteps.DONE, 0);
    Confirmation.send(session, EcdhPsiSteps.END, new byte[0]);
    session.channel().flush();
    return true;
  }

  private void evaluate(KeyLists lists, byte[] k, byte[] frame) {
    byte[] out = new byte[frame.length];
    int items = frame.length / parameters.group().elementBytes();
    lists.multiply(EcdhPsiSteps.BLINDED, k, frame, 0, out, 0, items);
    session.channel().send(EcdhPsiSteps.EVALUATED, out);
    session.channel().flush();
  }
}
