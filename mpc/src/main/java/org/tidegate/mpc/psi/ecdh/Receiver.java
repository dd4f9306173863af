package org.tidegate.mpc.psi.ecdh;

import java.util.Arrays;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.curve.FixedBase;
import org.tidegate.mpc.curve.Group;
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
    int[] order;
    ElementIndex index;
    int element = parameters.group().elementBytes();
    byte[] key = session.channel().receive(EcdhPsiSteps.KEY, element);
    byte[] elements = new byte[rows * element];
    try (SecretRandom random = session.random().fork("receiver")) {
      order = random.permutation(rows);
      Arrays.setAll(order, i -> distinct[order[i]]);
      exchangeBlinded(key, random, order, elements);
      Confirmation.exchange(session, EcdhPsiSteps.AGREE);
      byte[] tokens = Tokens.of(session, key, keys, order, elements, element, 0, rows);
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

  // elements[i] = k·H(keys[order[i]]), k the sender's. A frame's scalars are kept until its answer.
  private void exchangeBlinded(byte[] key, SecretRandom random, int[] order, byte[] elements) {
    Group group = parameters.group();
    KeyLists lists = new KeyLists(session, group, EcdhPsiSteps.PROTOCOL);
    FixedBase generator = session.kernels().group(group).fixedBase(group.generator());
    FixedBase base = lists.fixedBase(EcdhPsiSteps.KEY, key);
    int element = group.elementBytes();
    int batch = parameters.batchItems();
    byte[][] scalars = new byte[FRAMES_AHEAD][Math.min(batch, order.length) * Group.SCALAR_BYTES];
    byte[] blinded = new byte[Math.min(batch, order.length) * element];
    int sent = 0;
    int received = 0;
    while (received < order.length) {
      if (sent < order.length && sent < received + (long) FRAMES_AHEAD * batch) {
        int to = Math.min(order.length, sent + batch);
        byte[] fresh = scalars[sent / batch % FRAMES_AHEAD];
        SecretScalars.random(group, random, fresh, to - sent);
        lists.blind(generator, fresh, keys, order, sent, to, blinded);
        session.channel().send(EcdhPsiSteps.BLINDED, blinded, 0, (to - sent) * element);
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
        byte[] used = scalars[received / batch % FRAMES_AHEAD];
        lists.unblind(
            EcdhPsiSteps.EVALUATED, base, used, frame, elements, received * element, items);
        received += items;
        session.progress().at(EcdhPsiSteps.EVALUATED.name(), received, order.length);
      }
    }
    for (byte[] used : scalars) {
      Arrays.fill(used, (byte) 0);
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
