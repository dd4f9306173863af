package org.tidegate.mpc.ot;

import java.util.Arrays;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.curve.DoubledElements;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party with two keys per transfer, ready to run once. */
public final class Sender {
  private static final int ELEMENT = BaseHashes.ELEMENT;
  private static final int UNIFORM = BaseHashes.UNIFORM;

  private final Session session;
  private final BaseOtParameters parameters;
  private final BaseHashes hashes;
  private final byte[] scalar;
  private final byte[] element;
  private final RunGuard guard = new RunGuard();

  Sender(
      Session session,
      BaseOtParameters parameters,
      BaseHashes hashes,
      byte[] scalar,
      byte[] element) {
    this.session = session;
    this.parameters = parameters;
    this.hashes = hashes;
    this.scalar = scalar;
    this.element = element;
  }

  /**
   * One round trip.
   *
   * @throws ProtocolAbortException if an element of the receiver is none
   * @throws org.tidegate.mpc.channel.ChannelException if the channel died
   */
  public SenderKeys run() {
    return guard.once(session, RunGuard.NoRefusal.class, this::runOnce);
  }

  private SenderKeys runOnce() {
    int count = parameters.transfers();
    byte[] elements =
        LongFrames.receive(session.channel(), BaseOtSteps.ELEMENTS, 2 * count * ELEMENT);
    session.channel().send(BaseOtSteps.KEY, element);
    session.channel().flush();
    byte[] keys = new byte[2 * count * SenderKeys.KEY_BYTES];
    session
        .workers()
        .forRange(count, BaseHashes.PIECE, (from, to) -> derive(elements, keys, from, to));
    Arrays.fill(scalar, (byte) 0);
    return new SenderKeys(keys);
  }

  private void derive(byte[] elements, byte[] keys, int from, int to) {
    int size = 2 * (to - from);
    byte[] masks = new byte[size * UNIFORM];
    BaseHashes.Masks mask = hashes.masks();
    for (int n = 0; n < size; n++) {
      // Element r_j is masked by the hash of r_{1−j}, its neighbour.
      int other = (2 * from + (n ^ 1)) * ELEMENT;
      mask.uniform(from + n / 2, n & 1, elements, other, masks, n * UNIFORM);
    }
    byte[] unmasked = new byte[size * ELEMENT];
    byte[] shared = new byte[size * ELEMENT];
    int bad =
        new DoubledElements().unmask(elements, 2 * from * ELEMENT, masks, 0, unmasked, 0, size);
    if (bad < 0) {
      bad = session.kernels().ristretto().multiply(scalar, unmasked, 0, shared, 0, size);
    }
    if (bad >= 0) {
      throw new ProtocolAbortException(
          "%s: element %d of the receiver is none".formatted(BaseOtSteps.ELEMENTS, 2 * from + bad));
    }
    for (int n = 0; n < size; n++) {
      hashes.key(
          from + n / 2,
          n & 1,
          elements,
          element,
          shared,
          n * ELEMENT,
          keys,
          (2 * from + n) * SenderKeys.KEY_BYTES);
    }
    Arrays.fill(shared, (byte) 0);
  }
}
