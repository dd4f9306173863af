package org.tidegate.mpc.psi.rr22;

import java.util.Arrays;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.oprf.ElementFrames;
import org.tidegate.mpc.oprf.TagIndex;
import org.tidegate.mpc.oprf.vole.VoleOprfReceiver;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Confirmation;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party that learns which of its rows match, ready to run once. */
public final class Receiver {
  private static final int PIECE = 4096;

  private final Session session;
  private final OwnKeys keys;
  private final int count;
  private final int senderKeys;
  private final int tagBytes;
  private final Rr22Parameters.Output output;
  private final VoleOprfReceiver oprf;
  private final RunGuard guard = new RunGuard();

  Receiver(
      Session session,
      OwnKeys keys,
      int count,
      int senderKeys,
      int tagBytes,
      Rr22Parameters.Output output,
      VoleOprfReceiver oprf) {
    this.session = session;
    this.keys = keys;
    this.count = count;
    this.senderKeys = senderKeys;
    this.tagBytes = tagBytes;
    this.output = output;
    this.oprf = oprf;
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
    byte[] tokens;
    try (SecretRandom random = session.random().fork("psi-receiver")) {
      tokens = keys.tokens(count, random);
    }
    byte[] tags = oprf.evaluate(tokens, tagBytes);
    TagIndex index = TagIndex.of(tags, tagBytes, keys.rows.length);
    Confirmation.exchange(session, Rr22Steps.AGREE);
    boolean[] matches = new boolean[keys.rows.length];
    byte[] matching = new byte[(senderKeys + 7) / Byte.SIZE];
    ElementFrames.receive(
        session,
        Rr22Steps.TAGS,
        senderKeys,
        tagBytes,
        Rr22Steps.BATCH,
        (from, to, frame) ->
            session
                .workers()
                .forRange(
                    to - from, PIECE, (a, b) -> find(index, frame, from, a, b, matches, matching)));
    Confirmation.receive(session, Rr22Steps.SEALED, 0);
    if (output == Rr22Parameters.Output.BOTH) {
      ElementFrames.send(
          session,
          Rr22Steps.MATCHED,
          matching.length,
          Rr22Steps.BIT_BATCH,
          (from, to) -> Arrays.copyOfRange(matching, from, to));
    }
    Confirmation.send(session, Rr22Steps.DONE, new byte[0]);
    Confirmation.receive(session, Rr22Steps.END, 0);
    return keys.rowsOf(matches);
  }

  /** Pieces are whole bytes of {@code matching}: no two threads write to one. */
  private static void find(
      TagIndex index,
      byte[] frame,
      int first,
      int from,
      int to,
      boolean[] matches,
      byte[] matching) {
    int[] rows = new int[to - from];
    index.find(frame, from, rows, rows.length);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] >= 0) {
        int tag = first + from + i;
        matches[rows[i]] = true;
        matching[tag / Byte.SIZE] |= (byte) (1 << tag % Byte.SIZE);
      }
    }
  }
}
