package org.tidegate.mpc.psi.rr22;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.oprf.ElementFrames;
import org.tidegate.mpc.oprf.vole.VoleOprf;
import org.tidegate.mpc.oprf.vole.VoleOprfSender;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Confirmation;
import org.tidegate.mpc.session.RevealHook;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/**
 * The party that learns nothing but the receiver's number of keys, unless both are to learn which
 * of their rows match; ready to run once.
 */
public final class Sender {
  private final Session session;
  private final OwnKeys keys;
  private final int count;
  private final int tagBytes;
  private final Rr22Parameters.Output output;
  private final VoleOprfSender oprf;
  private final RunGuard guard = new RunGuard();

  Sender(
      Session session,
      OwnKeys keys,
      int count,
      int tagBytes,
      Rr22Parameters.Output output,
      VoleOprfSender oprf) {
    this.session = session;
    this.keys = keys;
    this.count = count;
    this.tagBytes = tagBytes;
    this.output = output;
    this.oprf = oprf;
  }

  /**
   * Runs the protocol.
   *
   * @return where both learn, the numbers of the rows whose key is at the receiver too, ascending;
   *     otherwise none
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer or the network altered
   *     anything
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public int[] run() {
    return run(RevealHook.NONE);
  }

  /**
   * Runs the protocol.
   *
   * @param hook called once, before the first of the tags, from which alone the receiver learns its
   *     matches
   * @return as {@link #run()}
   * @throws org.tidegate.mpc.channel.ProtocolAbortException if the peer or the network altered
   *     anything
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public int[] run(RevealHook hook) {
    return guard.once(session, RunGuard.NoRefusal.class, () -> runOnce(hook));
  }

  private int[] runOnce(RevealHook hook) {
    boolean both = output == Rr22Parameters.Output.BOTH;
    int width = both ? tagBytes + Integer.BYTES : tagBytes;
    byte[] tags;
    try (SecretRandom random = session.random().fork("psi-sender")) {
      byte[] tokens = keys.tokens(count, random);
      VoleOprf function = oprf.run();
      byte[] evaluated = function.evaluate(tokens, count, tagBytes);
      tags = random.shuffled(both ? numbered(evaluated) : evaluated, width, count);
    }
    // Nothing that depends on the keys has left so far.
    Confirmation.exchange(session, Rr22Steps.AGREE);
    hook.beforeReveal();
    ElementFrames.send(
        session,
        Rr22Steps.TAGS,
        count,
        Rr22Steps.BATCH,
        (from, to) ->
            both ? cut(tags, from, to) : Arrays.copyOfRange(tags, from * tagBytes, to * tagBytes));
    Confirmation.send(session, Rr22Steps.SEALED, new byte[0]);
    boolean[] matches = new boolean[keys.rows.length];
    if (both) {
      ElementFrames.receive(
          session,
          Rr22Steps.MATCHED,
          (count + 7) / Byte.SIZE,
          1,
          Rr22Steps.BIT_BATCH,
          (from, to, frame) -> take(frame, from, tags, matches));
    }
    Confirmation.receive(session, Rr22Steps.DONE, 0);
    Confirmation.send(session, Rr22Steps.END, new byte[0]);
    session.channel().flush();
    return both ? keys.rowsOf(matches) : new int[0];
  }

  /** Each tag with its number behind it. */
  private byte[] numbered(byte[] evaluated) {
    int width = tagBytes + Integer.BYTES;
    byte[] numbered = new byte[Math.multiplyExact(count, width)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(evaluated, i * tagBytes, numbered, i * width, tagBytes);
      BigEndian.writeInt(numbered, i * width + tagBytes, i);
    }
    return numbered;
  }

  private byte[] cut(byte[] numbered, int from, int to) {
    int width = tagBytes + Integer.BYTES;
    byte[] cut = new byte[(to - from) * tagBytes];
    for (int i = from; i < to; i++) {
      System.arraycopy(numbered, i * width, cut, (i - from) * tagBytes, tagBytes);
    }
    return cut;
  }

  /** Takes the bits of the tags from 8·{@code from}; those of padding and beyond say nothing. */
  private void take(byte[] bits, int from, byte[] numbered, boolean[] matches) {
    int width = tagBytes + Integer.BYTES;
    int end = Math.min(count, (from + bits.length) * Byte.SIZE);
    for (int tag = from * Byte.SIZE; tag < end; tag++) {
      if ((bits[tag / Byte.SIZE - from] >> tag % Byte.SIZE & 1) != 0) {
        int key = BigEndian.readInt(numbered, tag * width + tagBytes);
        if (key < matches.length) {
          matches[key] = true;
        }
      }
    }
  }
}
