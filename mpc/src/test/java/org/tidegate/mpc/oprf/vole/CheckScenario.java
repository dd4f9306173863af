package org.tidegate.mpc.oprf.vole;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.fixture.TamperingChannel;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.okvs.Okvs;
import org.tidegate.mpc.security.Adversary;

/**
 * Honest runs end well, the mask is both parties', and a sender that opens another than it
 * committed to is found out: what a mutant of the mask's handling must break.
 */
public final class CheckScenario implements Runnable {
  private static final int COUNT = 3;

  /** See the class. */
  @Override
  public void run() {
    sumsAndCommitments();
    for (Adversary adversary : Adversary.values()) {
      require(sameFunction(altered(adversary, null, payload -> payload)), "the outputs differ");
    }
    masksAreDrawnAndDecide();
    for (int at : new int[] {0, 7, 8, 15}) {
      requireAbort(VoleOprfSteps.OPENED, flip(at), "another mask than it committed to");
    }
    for (int at : new int[] {0, 31}) {
      requireAbort(VoleOprfSteps.COMMITTED, flip(at), "another mask than it committed to");
    }
    for (Step step :
        new Step[] {VoleOprfSteps.COMMITTED, VoleOprfSteps.OPENED, VoleOprfSteps.SEED}) {
      int bytes =
          step.equals(VoleOprfSteps.COMMITTED)
              ? SenderMask.COMMITMENT_BYTES
              : SenderMask.BYTES + (step.equals(VoleOprfSteps.SEED) ? Okvs.SEED_BYTES : 0);
      requireAbort(
          step,
          frame -> Arrays.copyOf(frame, frame.length - 1),
          "step %s: a frame of %d bytes, not %d".formatted(step, bytes - 1, bytes));
      // One that is too long is not received at all.
      requireAbort(step, frame -> Arrays.copyOf(frame, frame.length + 1), "");
    }
  }

  private static void require(boolean good, String otherwise) {
    if (!good) {
      throw new AssertionError(otherwise);
    }
  }

  private static void sumsAndCommitments() {
    byte[] a = new byte[SenderMask.BYTES];
    byte[] b = new byte[SenderMask.BYTES];
    for (int i = 0; i < b.length; i++) {
      a[i] = (byte) (37 * i + 5);
      b[i] = (byte) (101 * i + 15);
    }
    for (int word = 0; word < 2; word++) {
      require(
          SenderMask.sum(a, b)[word]
              == (BigEndian.readLongLittle(a, 8 * word) ^ BigEndian.readLongLittle(b, 8 * word)),
          "w_r + w_s is another");
    }
    new TwoParties()
        .run(
            session -> {
              byte[] ideal = session.binding().hash("tidegate.oprf.vole.mask/1").bytes(a).finish();
              byte[] commitment = SenderMask.commitment(session, a);
              require(Arrays.equals(commitment, ideal), "the commitment is not H(w_s)");
              require(
                  commitment.length == SenderMask.COMMITMENT_BYTES, "a commitment's other length");
              return true;
            },
            session -> true)
        .first()
        .get();
  }

  /** Each of the mask's bytes is drawn, by both; and another w_r at the sender spoils the rest. */
  private static void masksAreDrawnAndDecide() {
    byte[] drawn = new byte[2 * SenderMask.BYTES];
    for (int seed = 1; seed < 4; seed++) {
      AtomicReference<byte[]> opened = new AtomicReference<>(new byte[0]);
      AtomicReference<byte[]> head = new AtomicReference<>(new byte[0]);
      VoleOprfTest.run(
          new TwoParties()
              .seed(seed)
              .first(end -> watch(end, VoleOprfSteps.OPENED, opened))
              .second(end -> watch(end, VoleOprfSteps.SEED, head)),
          Adversary.MALICIOUS,
          COUNT);
      require(opened.get().length == SenderMask.BYTES, "w_s has another length");
      require(head.get().length == Okvs.SEED_BYTES + SenderMask.BYTES, "w_r has another length");
      for (int i = 0; i < SenderMask.BYTES; i++) {
        drawn[i] |= opened.get()[i];
        drawn[SenderMask.BYTES + i] |= head.get()[Okvs.SEED_BYTES + i];
      }
    }
    for (byte each : drawn) {
      require(each != 0, "a byte of the masks is not drawn");
    }
    for (int at : new int[] {0, 8, 15}) {
      var ends = altered(Adversary.MALICIOUS, VoleOprfSteps.SEED, flip(Okvs.SEED_BYTES + at));
      require(!sameFunction(ends), "w_r does not decide");
    }
  }

  private static Channel watch(Channel end, Step step, AtomicReference<byte[]> seen) {
    return new TamperingChannel(
        end,
        (index, frame) -> {
          if (frame.step().equals(step)) {
            seen.set(frame.payload().clone());
          }
          return frame;
        });
  }

  private static boolean sameFunction(TwoParties.Ends<byte[], byte[]> ends) {
    byte[] own = ends.second().get();
    require(own.length == COUNT * VoleOprfTest.OUTPUT, "outputs of another length");
    return Arrays.equals(Arrays.copyOf(ends.first().get(), own.length), own);
  }

  private static UnaryOperator<byte[]> flip(int at) {
    return payload -> {
      payload[at] ^= 1;
      return payload;
    };
  }

  private static void requireAbort(Step step, UnaryOperator<byte[]> change, String words) {
    var ends = altered(Adversary.MALICIOUS, step, change);
    boolean fromReceiver = step.equals(VoleOprfSteps.SEED);
    Throwable failure = fromReceiver ? ends.first().failure() : ends.second().failure();
    require(
        failure instanceof ProtocolAbortException
            && String.valueOf(failure.getMessage()).contains(words),
        "an altered " + step + " ends with " + failure);
  }

  private static TwoParties.Ends<byte[], byte[]> altered(
      Adversary adversary,
      @org.jspecify.annotations.Nullable Step step,
      UnaryOperator<byte[]> change) {
    AtomicBoolean done = new AtomicBoolean(step == null);
    UnaryOperator<Channel> wrap =
        end ->
            new TamperingChannel(
                end,
                (index, frame) -> {
                  if (!frame.step().equals(step)) {
                    return frame;
                  }
                  done.set(true);
                  return new TamperingChannel.Frame(
                      frame.step(), change.apply(frame.payload().clone()));
                });
    var ends =
        VoleOprfTest.run(
            new TwoParties().deadline(Duration.ofSeconds(10)).first(wrap).second(wrap),
            adversary,
            COUNT);
    require(done.get(), "nothing was altered");
    return ends;
  }
}
