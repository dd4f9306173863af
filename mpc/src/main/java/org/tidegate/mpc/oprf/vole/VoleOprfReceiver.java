package org.tidegate.mpc.oprf.vole;

import java.util.Arrays;
import org.tidegate.mpc.bytes.ConstantTime;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.okvs.Okvs;
import org.tidegate.mpc.okvs.OkvsFailedException;
import org.tidegate.mpc.okvs.OkvsParameters;
import org.tidegate.mpc.oprf.KeyTokens;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.vole.ReceiverShares;

/** The party that learns the function at its keys, ready to run once. */
public final class VoleOprfReceiver {
  private static final int PIECE = 4096;

  // A seed that does not do comes with probability 2^-40; one that never does is a bug.
  private static final int SEEDS = 4;

  private final Session session;
  private final VoleOprfParameters parameters;
  private final OkvsParameters shape;
  private final ReceiverShares shares;
  private final RunGuard guard = new RunGuard();

  VoleOprfReceiver(
      Session session, VoleOprfParameters parameters, OkvsParameters shape, ReceiverShares shares) {
    this.session = session;
    this.parameters = parameters;
    this.shape = shape;
    this.shares = shares;
  }

  /**
   * Evaluates the function.
   *
   * @param tokens as many distinct tokens of {@link KeyTokens#BYTES} bytes as were agreed
   * @param outputBytes how much of each output is wanted, 8 to 32
   * @return the outputs in the order of the tokens
   */
  public byte[] evaluate(byte[] tokens, int outputBytes) {
    if (tokens.length != shape.items() * KeyTokens.BYTES) {
      throw new IllegalArgumentException(
          "%d keys were agreed, not %d bytes of tokens".formatted(shape.items(), tokens.length));
    }
    return guard.once(session, RunGuard.NoRefusal.class, () -> evaluateOnce(tokens, outputBytes));
  }

  private byte[] evaluateOnce(byte[] tokens, int outputBytes) {
    boolean malicious = parameters.adversary() == Adversary.MALICIOUS;
    byte[] commitment =
        malicious ? receive(VoleOprfSteps.COMMITTED, SenderMask.COMMITMENT_BYTES) : new byte[0];
    byte[] keys = TokenParts.storeKeys(tokens, shape.items());
    byte[] mask = new byte[malicious ? SenderMask.BYTES : 0];
    long[] store = new long[2 * shape.slots()];
    Okvs okvs;
    try (SecretRandom random = session.random().fork("oprf-receiver")) {
      random.nextBytes(mask, 0, mask.length);
      okvs = encode(random, keys, tokens, store);
    }
    send(okvs, mask, store);
    long[] w = new long[2];
    if (malicious) {
      byte[] opened = receive(VoleOprfSteps.OPENED, SenderMask.BYTES);
      if (!ConstantTime.equal(SenderMask.commitment(session, opened), commitment)) {
        throw new ProtocolAbortException(
            "step "
                + VoleOprfSteps.OPENED
                + ": the sender opens another mask than it committed to");
      }
      w = SenderMask.sum(mask, opened);
    }
    return outputs(okvs, tokens, w, outputBytes);
  }

  private byte[] receive(Step step, int bytes) {
    byte[] frame = session.channel().receive(step, bytes);
    if (frame.length != bytes) {
      throw new ProtocolAbortException(
          "step %s: a frame of %d bytes, not %d".formatted(step, frame.length, bytes));
    }
    return frame;
  }

  /** P, under the first seed that has an encoding; the seed is drawn after the keys are fixed. */
  private Okvs encode(SecretRandom random, byte[] keys, byte[] tokens, long[] store) {
    long[] values = new long[2 * shape.items()];
    for (int i = 0; i < shape.items(); i++) {
      values[2 * i] = TokenParts.low(tokens, i);
      values[2 * i + 1] = TokenParts.high(shape.field(), tokens, i);
    }
    for (int attempt = 0; attempt < SEEDS; attempt++) {
      byte[] seed = random.nextBytes(Okvs.SEED_BYTES);
      Okvs okvs = new Okvs(shape, session.kernels().gf128(), seed, keys, shape.items());
      try (SecretRandom free = random.fork("free-slots/" + attempt)) {
        session
            .workers()
            .forRange(
                shape.clusters(),
                1,
                (from, to) -> {
                  session.checkAlive();
                  okvs.encode(values, free, store, from, to);
                });
        return okvs;
      } catch (OkvsFailedException e) {
        session.progress().at("another seed for the store", attempt + 1, SEEDS);
      }
    }
    throw new IllegalStateException(
        "no seed of %d encodes %d distinct keys".formatted(SEEDS, shape.items()));
  }

  private void send(Okvs okvs, byte[] mask, long[] store) {
    byte[] head = Arrays.copyOf(okvs.seed(), Okvs.SEED_BYTES + mask.length);
    System.arraycopy(mask, 0, head, Okvs.SEED_BYTES, mask.length);
    session.channel().send(VoleOprfSteps.SEED, head);
    for (int from = 0; from < shape.slots(); from += StoreFrames.BATCH) {
      int to = Math.min(shape.slots(), from + StoreFrames.BATCH);
      session
          .channel()
          .send(VoleOprfSteps.STORE, StoreFrames.sum(shape.field(), shares.a(), store, from, to));
      session.channel().flush();
      session.progress().at(VoleOprfSteps.STORE.name(), to, shape.slots());
    }
  }

  /** H°(Decode(C, x) + w, x). */
  private byte[] outputs(Okvs okvs, byte[] tokens, long[] w, int outputBytes) {
    long[] values = new long[2 * shape.items()];
    session
        .workers()
        .forRange(
            shape.clusters(),
            1,
            (from, to) -> {
              session.checkAlive();
              okvs.decode(shares.c(), values, from, to);
            });
    byte[] out = new byte[Math.multiplyExact(shape.items(), outputBytes)];
    session
        .workers()
        .forRange(
            shape.items(),
            PIECE,
            (from, to) ->
                OprfHash.hash(
                    session.kernels().sha256(), values, w, tokens, outputBytes, out, from, to));
    return out;
  }
}
