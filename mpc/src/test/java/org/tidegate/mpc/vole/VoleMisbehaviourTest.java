package org.tidegate.mpc.vole;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.fixture.TamperingChannel;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.suite.KernelChoice;

/** Altered trees and answers; the transfers beneath have tests of their own. */
@Timeout(120)
final class VoleMisbehaviourTest {
  private static final int SIZE = 5;

  /** Runs with one frame of a step altered. */
  private static TwoParties.Ends<SenderShares, ReceiverShares> altered(
      Adversary adversary, Step step, UnaryOperator<byte[]> change) {
    AtomicBoolean done = new AtomicBoolean();
    UnaryOperator<Channel> wrap =
        end ->
            new TamperingChannel(
                end,
                (index, frame) -> {
                  if (!frame.step().equals(step)) {
                    return frame;
                  }
                  done.set(true);
                  return new TamperingChannel.Frame(step, change.apply(frame.payload().clone()));
                });
    VoleParameters parameters = VoleParameters.of(adversary);
    TwoParties parties =
        new TwoParties()
            .kernels(KernelChoice.best().kernels())
            .deadline(Duration.ofSeconds(20))
            .first(wrap)
            .second(wrap);
    var ends =
        parties.run(
            session -> new VoleSenderSetup(session, parameters).connect(SIZE).run(),
            session -> new VoleReceiverSetup(session, parameters).connect(SIZE).run());
    assertThat(done).isTrue();
    for (var end : new TwoParties.End<?>[] {ends.first(), ends.second()}) {
      if (end.failure() != null) {
        assertThat(end.failure())
            .isInstanceOfAny(ProtocolAbortException.class, ChannelException.class);
      }
    }
    return ends;
  }

  private static UnaryOperator<byte[]> flip(int at) {
    return payload -> {
      payload[at] ^= 1;
      return payload;
    };
  }

  private static boolean holds(SenderShares sender, ReceiverShares receiver) {
    boolean holds = true;
    for (int i = 0; i < SIZE; i++) {
      long[] low = {receiver.a()[2 * i]};
      long[] high = {receiver.a()[2 * i + 1]};
      long[] deltaLow = {sender.delta()[0]};
      long[] deltaHigh = {sender.delta()[1]};
      new Gf128Scalar().multiply(low, high, low, high, deltaLow, deltaHigh, 0, 1);
      holds &= (low[0] ^ sender.b()[2 * i]) == receiver.c()[2 * i];
      holds &= (high[0] ^ sender.b()[2 * i + 1]) == receiver.c()[2 * i + 1];
    }
    return holds;
  }

  @Test
  void maliciousAlteredTreesAbortOrAreWhereTheReceiverDoesNotLook() {
    int tree = Shape.of(VoleParameters.of(Adversary.MALICIOUS), SIZE).treeBytes();
    int aborted = 0;
    for (int i = 0; i < 4; i++) {
      var both = new TwoParties.Ends<?, ?>[2];
      for (int side = 0; side < 2; side++) {
        // Of each level the receiver opens one of two sums.
        var ends =
            altered(Adversary.MALICIOUS, VoleSteps.TREES, flip(97 * i * tree + 16 * side + i));
        both[side] = ends;
        if (ends.second().failure() == null) {
          assertThat(holds(ends.first().get(), ends.second().get())).isTrue();
        } else {
          aborted++;
        }
      }
      assertThat(both[0].second().failure() == null)
          .isNotEqualTo(both[1].second().failure() == null);
    }
    assertThat(aborted).isEqualTo(4);
  }

  @Test
  void maliciousAlteredSumsOfLeavesChallengesAndAnswersAbort() {
    int tree = Shape.of(VoleParameters.of(Adversary.MALICIOUS), SIZE).treeBytes();
    for (int at : new int[] {tree - 16, 7 * tree - 1, 400 * tree - 1}) {
      var ends = altered(Adversary.MALICIOUS, VoleSteps.TREES, flip(at));
      assertThat(ends.second().failure())
          .isInstanceOf(ProtocolAbortException.class)
          .hasMessageContaining("not consistent");
    }
    for (int at : new int[] {0, 47}) {
      assertThat(altered(Adversary.MALICIOUS, VoleSteps.CHALLENGE, flip(at)).second().failure())
          .isNotNull();
    }
    for (int at : new int[] {31}) {
      assertThat(altered(Adversary.MALICIOUS, VoleSteps.ANSWER, flip(at)).second().failure())
          .isNotNull();
    }
  }

  @Test
  void framesOfOtherLengthsAbort() {
    for (Step step : new Step[] {VoleSteps.TREES, VoleSteps.CHALLENGE, VoleSteps.ANSWER}) {
      for (int longer : new int[] {-1, 1}) {
        var ends =
            altered(
                Adversary.MALICIOUS,
                step,
                payload -> Arrays.copyOf(payload, payload.length + longer));
        assertThat(ends.second().failure()).isNotNull();
      }
    }
  }

  @Test
  void semiHonestAlteredTreesLeaveNobodyHanging() {
    for (int at : new int[] {0, 1000}) {
      altered(Adversary.SEMI_HONEST, VoleSteps.TREES, flip(at));
    }
    var cut = altered(Adversary.SEMI_HONEST, VoleSteps.TREES, payload -> Arrays.copyOf(payload, 5));
    assertThat(cut.second().failure()).isInstanceOf(ProtocolAbortException.class);
  }
}
