package org.tidegate.mpc.psi.ecdh;

import java.util.Arrays;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.curve.SecretScalars;
import org.tidegate.mpc.oprf.ElementFrames;
import org.tidegate.mpc.oprf.ElementIndex;
import org.tidegate.mpc.oprf.KeyLists;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Confirmation;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party that learns which of its rows match, ready to run once. */
public final class Receiver {
  // Frames sent ahead of their answers: enough to keep the sender busy, and far below what a
  // channel buffers, so that never both ends wait for the other to read.
  private static final int FRAMES_AHEAD = 4;

  private final Session session;
  private final EcdhPsiParameters parameters;
  private final PackedBytes keys;
  private final int[] first;
  private final int[] distinct;
  private final int senderRows;
  private final RunGuard guard = new RunGuard();

  Receiver(
      Session session,
      EcdhPsiParameters parameters,
      PackedBytes keys,
      int[] first,
      int[] distinct,
      int senderRows) {
    this.session = session;
    this.parameters = parameters;
    this.keys = keys;
    this.first = first;
    this.distinct = distinct;
    this.senderRows = senderRows;
  }

  /**
   * Runs the protocol.
   *
   * @return the numbers of the rows whose key is at the sender too, ascending
   * @throws ProtocolAbortException if the peer or the network altered anything
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public int[] run() {
    return guard.once(session, RunGuard.NoRefusal.class, this::runOnce);
  }

  private int[] runOnce() {
    int rows = distinct.length;
    byte[] k;
    byte[] inverse;
    int[] order;
    ElementIndex index;
    int element = parameters.group().elementBytes();
    byte[] elements = new byte[rows * element];
    try (SecretRandom random = session.random().fork("receiver")) {
      k = SecretScalars.random(parameters.group(), random);
      inverse = SecretScalars.invert(parameters.group(), k, random);
      order = random.permutation(rows);
      Arrays.setAll(order, i -> distinct[order[i]]);
      exchangeBlinded(k, inverse, order, elements);
      Confirmation.exchange(session, EcdhPsiSteps.AGREE);
      byte[] tokens = Tokens.of(session, keys, order, elements, element, 0, rows);
      index = new ElementIndex(tokens, Tokens.BYTES, random);
    }
    boolean[] matches = new boolean[keys.rows()];
    ElementFrames.receive(
        session,
        EcdhPsiSteps.TOKENS,
        senderRows,
        Tokens.BYTES,
        parameters.batchItems(),
        (from, to, frame) -> {
          for (int i = 0; i < to - from; i++) {
            int found = index.find(frame, i * Tokens.BYTES);
            if (found >= 0) {
              matches[order[found]] = true;
            }
          }
        });
    Confirmation.receive(session, EcdhPsiSteps.SEALED, 0);
    Confirmation.send(session, EcdhPsiSteps.DONE, new byte[0]);
    Confirmation.receive(session, EcdhPsiSteps.END, 0);
    return rowsOf(matches);
  }

  // elements[i] = 1/k · k' · k·H(keys[order[i]]) = k'·H(keys[order[i]]), k' the sender's.
  private void exchangeBlinded(byte[] k, byte[] inverse, int[] order, byte[] elements) {
    KeyLists lists = new KeyLists(session, parameters.group(), EcdhPsiSteps.PROTOCOL);
    int element = parameters.group().elementBytes();
    byte[] blinded = new byte[elements.length];
    int batch = parameters.batchItems();
    int sent = 0;
    int received = 0;
    while (received < order.length) {
      if (sent < order.length && sent < received + (long) FRAMES_AHEAD * batch) {
        int to = Math.min(order.length, sent + batch);
        lists.blind(k, keys, order, sent, to, blinded);
        int bytes = (to - sent) * element;
        session.channel().send(EcdhPsiSteps.BLINDED, blinded, sent * element, bytes);
        session.channel().flush();
        sent = to;
      } else {
        int items = Math.min(order.length - received, batch);
        int bytes = items * element;
        byte[] frame = session.channel().receive(EcdhPsiSteps.EVALUATED, bytes);
        if (frame.length != bytes) {
          throw new ProtocolAbortException(
              "step " + EcdhPsiSteps.EVALUATED + ": a frame of " + frame.length + " bytes");
        }
        int at = received * element;
        lists.multiply(EcdhPsiSteps.EVALUATED, inverse, frame, 0, elements, at, items);
        received += items;
        session.progress().at(EcdhPsiSteps.EVALUATED.name(), received, order.length);
      }
    }
  }

  private int[] rowsOf(boolean[] matches) {
    int[] rows = new int[first.length];
    int count = 0;
    for (int row = 0; row < first.length; row++) {
      if (matches[first[row]]) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }
}
