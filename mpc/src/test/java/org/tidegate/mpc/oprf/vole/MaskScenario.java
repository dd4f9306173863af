package org.tidegate.mpc.oprf.vole;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.fixture.TamperingChannel;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.okvs.OkvsParameters;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.oprf.KeyTokens;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;
import org.tidegate.mpc.vole.ReceiverShares;
import org.tidegate.mpc.vole.SenderShares;

/**
 * Both have the same function, which depends on both parts of the mask, and a sender that opens
 * another mask than it committed to is found out: what a mutant of the mask's check must break.
 */
public final class MaskScenario implements Runnable {
  private static final int COUNT = 20;
  private static final int OUTPUT = 16;
  private static final Step[] MASK_STEPS = {
    VoleOprfSteps.COMMITTED, VoleOprfSteps.OPENED, VoleOprfSteps.SEED
  };

  /** See the class. */
  @Override
  public void run() {
    sumsAndCommitments();
    for (Adversary adversary : Adversary.values()) {
      var honest = run(adversary, null, payload -> payload);
      require(
          Arrays.equals(honest.first().get(), honest.second().get()), "two different functions");
    }
    byte[] one = run(Adversary.MALICIOUS, null, payload -> payload).second().get();
    // The receiver's part of the mask, in either of its words, changes what the sender computes.
    for (int at : new int[] {32, 39, 40, 47}) {
      var ends = run(Adversary.MALICIOUS, VoleOprfSteps.SEED, flip(at));
      require(!Arrays.equals(ends.first().get(), one), "the mask at " + at + " counts for nothing");
    }
    for (int at : new int[] {0, 15}) {
      requireFoundOut(run(Adversary.MALICIOUS, VoleOprfSteps.OPENED, flip(at)).second().failure());
    }
    for (int at : new int[] {0, 31}) {
      requireFoundOut(
          run(Adversary.MALICIOUS, VoleOprfSteps.COMMITTED, flip(at)).second().failure());
    }
    for (Step step : MASK_STEPS) {
      for (int more : new int[] {-1, 1}) {
        var ends =
            run(
                Adversary.MALICIOUS,
                step,
                payload -> Arrays.copyOf(payload, payload.length + more));
        Throwable failure =
            step == VoleOprfSteps.SEED ? ends.first().failure() : ends.second().failure();
        int bytes = step == VoleOprfSteps.SEED ? 48 : step == VoleOprfSteps.COMMITTED ? 32 : 16;
        require(
            failure instanceof ProtocolAbortException
                && String.valueOf(failure.getMessage())
                    .contains(
                        more < 0
                            ? "a frame of %d bytes, not %d".formatted(bytes - 1, bytes)
                            : "longer than the agreed " + bytes),
            step + " of another length: " + failure);
      }
    }
  }

  private static void sumsAndCommitments() {
    byte[] a = new byte[SenderMask.BYTES];
    byte[] b = new byte[SenderMask.BYTES];
    new Random(5).nextBytes(a);
    a[0] = 5;
    b[0] = 3;
    b[8] = 7;
    long[] sum = SenderMask.sum(a, b);
    long[] alone = SenderMask.sum(a, new byte[SenderMask.BYTES]);
    require((sum[0] ^ alone[0]) == 3 && (sum[1] ^ alone[1]) == 7, "another sum");
    require((alone[0] & 0xff) == 5 && alone[1] != 0 && alone[0] != alone[1], "words are lost");
    require(SenderMask.sum(b, a)[0] == sum[0] && SenderMask.sum(b, a)[1] == sum[1], "no sum");
    var ends =
        new TwoParties()
            .run(
                session ->
                    !Arrays.equals(
                            SenderMask.commitment(session, a), SenderMask.commitment(session, b))
                        && SenderMask.commitment(session, a).length == SenderMask.COMMITMENT_BYTES,
                session -> true);
    require(ends.first().get(), "commitments are the same");
  }

  private static UnaryOperator<byte[]> flip(int at) {
    return payload -> {
      payload[at] ^= 1;
      return payload;
    };
  }

  private static void requireFoundOut(@Nullable Throwable failure) {
    require(
        failure instanceof ProtocolAbortException
            && String.valueOf(failure.getMessage()).contains("another mask than it committed to"),
        "not found out: " + failure);
  }

  private static byte[] tokens() {
    byte[] tokens = new byte[COUNT * KeyTokens.BYTES];
    new Random(11).nextBytes(tokens);
    return tokens;
  }

  /** On shares as a perfect linear evaluation would give them. */
  private static TwoParties.Ends<byte[], byte[]> run(
      Adversary adversary, @Nullable Step step, UnaryOperator<byte[]> change) {
    VoleOprfParameters parameters =
        new VoleOprfParameters(
            SecurityLevel.STANDARD, adversary, LpnCode.EXPAND_CONVOLUTE_21_24, StoreField.GF128);
    OkvsParameters shape = parameters.store(COUNT);
    int size = shape.slots();
    Random random = new Random(size);
    long[] delta = {random.nextLong(), random.nextLong()};
    long[] a = random.longs(2L * size).toArray();
    long[] b = random.longs(2L * size).toArray();
    long[] c = b.clone();
    for (int i = 0; i < size; i++) {
      long[] low = {a[2 * i]};
      long[] high = {a[2 * i + 1]};
      new Gf128Scalar()
          .multiply(low, high, low, high, new long[] {delta[0]}, new long[] {delta[1]}, 0, 1);
      c[2 * i] ^= low[0];
      c[2 * i + 1] ^= high[0];
    }
    UnaryOperator<Channel> wrap =
        end ->
            new TamperingChannel(
                end,
                (index, frame) ->
                    frame.step().equals(step)
                        ? new TamperingChannel.Frame(
                            frame.step(), change.apply(frame.payload().clone()))
                        : frame);
    return new TwoParties()
        .deadline(Duration.ofSeconds(20))
        .first(wrap)
        .second(wrap)
        .run(
            session ->
                new VoleOprfSender(session, parameters, shape, new SenderShares(delta, b))
                    .run()
                    .evaluate(tokens(), COUNT, OUTPUT),
            session ->
                new VoleOprfReceiver(session, parameters, shape, new ReceiverShares(a, c))
                    .evaluate(tokens(), OUTPUT));
  }

  private static void require(boolean good, String otherwise) {
    if (!good) {
      throw new AssertionError(otherwise);
    }
  }
}
