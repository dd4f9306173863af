package org.tidegate.mpc.ot;

import java.util.Arrays;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.curve.DoubledElements;
import org.tidegate.mpc.curve.FixedElement;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party that chooses, ready to run once. */
public final class Receiver {
  private final Session session;
  private final BaseHashes hashes;
  private final long[] choices;
  private final byte[] scalars;
  private final byte[] elements;
  private final RunGuard guard = new RunGuard();

  Receiver(Session session, BaseHashes hashes, long[] choices, byte[] scalars, byte[] elements) {
    this.session = session;
    this.hashes = hashes;
    this.choices = choices;
    this.scalars = scalars;
    this.elements = elements;
  }

  static int choice(long[] choices, int i) {
    return (int) (choices[i >> 6] >>> i & 1);
  }

  /**
   * One round trip.
   *
   * @throws ProtocolAbortException if the sender's element is none
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public ReceiverKeys run() {
    return guard.once(session, RunGuard.NoRefusal.class, this::runOnce);
  }

  private ReceiverKeys runOnce() {
    LongFrames.send(session.channel(), BaseOtSteps.ELEMENTS, elements);
    byte[] b = LongFrames.receive(session.channel(), BaseOtSteps.KEY, BaseHashes.ELEMENT);
    FixedElement base;
    try {
      base = FixedElement.of(b, 0);
    } catch (IllegalArgumentException e) {
      throw new ProtocolAbortException(BaseOtSteps.KEY + ": the sender's element is none", e);
    }
    int count = scalars.length / BaseHashes.ELEMENT;
    byte[] keys = new byte[count * SenderKeys.KEY_BYTES];
    session
        .workers()
        .forRange(
            count,
            BaseHashes.PIECE,
            (from, to) -> {
              byte[] shared = new byte[(to - from) * BaseHashes.ELEMENT];
              new DoubledElements()
                  .multiply(base, scalars, from * BaseHashes.ELEMENT, shared, 0, to - from);
              for (int i = from; i < to; i++) {
                hashes.key(
                    i,
                    choice(choices, i),
                    elements,
                    b,
                    shared,
                    (i - from) * BaseHashes.ELEMENT,
                    keys,
                    i * SenderKeys.KEY_BYTES);
              }
              Arrays.fill(shared, (byte) 0);
            });
    Arrays.fill(scalars, (byte) 0);
    return new ReceiverKeys(keys);
  }
}
