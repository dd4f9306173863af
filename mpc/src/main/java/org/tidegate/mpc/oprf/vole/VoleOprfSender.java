package org.tidegate.mpc.oprf.vole;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.okvs.Okvs;
import org.tidegate.mpc.okvs.OkvsParameters;
import org.tidegate.mpc.oprf.ElementFrames;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.vole.SenderShares;

/** The party that can evaluate the function anywhere, ready to run once. */
public final class VoleOprfSender {
  private static final int PIECE = 4096;

  private final Session session;
  private final VoleOprfParameters parameters;
  private final OkvsParameters shape;
  private final SenderShares shares;
  private final RunGuard guard = new RunGuard();

  VoleOprfSender(
      Session session, VoleOprfParameters parameters, OkvsParameters shape, SenderShares shares) {
    this.session = session;
    this.parameters = parameters;
    this.shape = shape;
    this.shares = shares;
  }

  /** Serves the receiver's keys, and gives the function. */
  public VoleOprf run() {
    return guard.once(session, RunGuard.NoRefusal.class, this::runOnce);
  }

  private VoleOprf runOnce() {
    boolean malicious = parameters.adversary() == Adversary.MALICIOUS;
    byte[] mask = new byte[malicious ? SenderMask.BYTES : 0];
    if (malicious) {
      try (SecretRandom random = session.random().fork("oprf-sender")) {
        random.nextBytes(mask, 0, mask.length);
      }
      session.channel().send(VoleOprfSteps.COMMITTED, SenderMask.commitment(session, mask));
    }
    byte[] head = receive(VoleOprfSteps.SEED, Okvs.SEED_BYTES + mask.length);
    long[] store = receiveStore();
    long[] w = new long[2];
    if (malicious) {
      session.channel().send(VoleOprfSteps.OPENED, mask);
      session.channel().flush();
      w = SenderMask.sum(mask, Arrays.copyOfRange(head, Okvs.SEED_BYTES, head.length));
    }
    return new VoleOprf(
        session, shape, Arrays.copyOf(head, Okvs.SEED_BYTES), store, shares.delta(), w);
  }

  private byte[] receive(Step step, int bytes) {
    byte[] frame = session.channel().receive(step, bytes);
    if (frame.length != bytes) {
      throw new ProtocolAbortException(
          "step %s: a frame of %d bytes, not %d".formatted(step, frame.length, bytes));
    }
    return frame;
  }

  /** B' = B + A'·Δ, in place of B. */
  private long[] receiveStore() {
    long[] store = shares.b();
    ElementFrames.receive(
        session,
        VoleOprfSteps.STORE,
        shape.slots(),
        StoreFrames.slotBytes(shape.field()),
        StoreFrames.BATCH,
        (from, to, frame) -> add(store, frame, from, to));
    return store;
  }

  private void add(long[] store, byte[] frame, int start, int end) {
    int slotBytes = StoreFrames.slotBytes(shape.field());
    Multiples.Elements elements =
        new Multiples.Elements() {
          @Override
          public long low(int i) {
            return BigEndian.readLongLittle(frame, slotBytes * (i - start));
          }

          @Override
          public long high(int i) {
            return slotBytes == Long.BYTES
                ? 0
                : BigEndian.readLongLittle(frame, slotBytes * (i - start) + Long.BYTES);
          }
        };
    session
        .workers()
        .forRange(
            end - start,
            PIECE,
            (from, to) ->
                new Multiples(session.kernels().gf128(), shares.delta())
                    .add(store, elements, start + from, start + to));
  }
}
