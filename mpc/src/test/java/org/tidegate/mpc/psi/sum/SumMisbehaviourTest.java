package org.tidegate.mpc.psi.sum;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.fixture.TamperingChannel;
import org.tidegate.mpc.fixture.TamperingChannel.Change;
import org.tidegate.mpc.fixture.TamperingChannel.Frame;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.psi.sum.SumRuns.Input;
import org.tidegate.mpc.psi.sum.SumRuns.Run;

/** Whatever is done to a frame, the recipient has no result, and nobody hangs. */
@Timeout(120)
final class SumMisbehaviourTest {
  private static final int SENDERS = 2;
  private static final int PLACES = 8;

  /** Runs with one party's frames altered, and gives how many frames it sent. */
  private static int altered(Input input, Recipient recipient, int sender, Change change) {
    AtomicReference<TamperingChannel> channel = new AtomicReference<>();
    UnaryOperator<Channel> wrap =
        end -> {
          channel.set(new TamperingChannel(end, change));
          return channel.get();
        };
    TwoParties parties = new TwoParties().deadline(Duration.ofSeconds(20));
    parties = sender == 0 ? parties.first(wrap) : parties.second(wrap);
    Run run = new Run();
    var ends = run.run(parties, input, input.parameters(recipient));
    var end = recipient == Recipient.MATCHER ? ends.first() : ends.second();
    assertThat(end.failure()).isInstanceOfAny(ProtocolAbortException.class, ChannelException.class);
    return channel.get().frames();
  }

  private static int framesOf(Input input, Recipient recipient, int sender) {
    AtomicReference<TamperingChannel> channel = new AtomicReference<>();
    UnaryOperator<Channel> wrap =
        end -> {
          channel.set(new TamperingChannel(end, (index, frame) -> frame));
          return channel.get();
        };
    TwoParties parties = new TwoParties();
    parties = sender == 0 ? parties.first(wrap) : parties.second(wrap);
    var ends = new Run().run(parties, input, input.parameters(recipient));
    ends.first().get();
    ends.second().get();
    return channel.get().frames();
  }

  private static Change only(int target, UnaryOperator<Frame> change) {
    return (index, frame) -> index == target ? change.apply(frame) : frame;
  }

  private static Frame flip(Frame frame, int at) {
    byte[] payload = frame.payload().clone();
    payload[at] ^= 4;
    return new Frame(frame.step(), payload);
  }

  @ParameterizedTest
  @EnumSource(Recipient.class)
  void oneFlippedByteOfAnyFrameLeavesNoResult(Recipient recipient) {
    for (Input input : new Input[] {SumRuns.small(), SumRuns.counting()}) {
      for (int sender = 0; sender < SENDERS; sender++) {
        int frames = framesOf(input, recipient, sender);
        assertThat(frames).isGreaterThan(3);
        for (int target = 0; target < frames; target++) {
          altered(input, recipient, sender, only(target, f -> flip(f, 0)));
          altered(input, recipient, sender, only(target, f -> flip(f, f.payload().length - 1)));
        }
      }
    }
  }

  @Tag("long")
  @Timeout(900)
  @ParameterizedTest
  @EnumSource(Recipient.class)
  void oneFlippedByteAnywhereInAnyFrameLeavesNoResult(Recipient recipient) {
    Random random = new Random(17);
    for (Input input : new Input[] {SumRuns.small(), SumRuns.counting()}) {
      for (int sender = 0; sender < SENDERS; sender++) {
        int frames = framesOf(input, recipient, sender);
        for (int target = 0; target < frames; target++) {
          for (int place = 0; place < PLACES; place++) {
            altered(
                input,
                recipient,
                sender,
                only(target, f -> flip(f, random.nextInt(f.payload().length))));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Recipient.class)
  void cutLongAndMistaggedFramesLeaveNoResult(Recipient recipient) {
    Input input = SumRuns.counting();
    for (int sender = 0; sender < SENDERS; sender++) {
      int frames = framesOf(input, recipient, sender);
      for (int target = 0; target < frames; target++) {
        altered(
            input,
            recipient,
            sender,
            only(
                target,
                f -> new Frame(f.step(), Arrays.copyOf(f.payload(), f.payload().length - 1))));
        altered(
            input,
            recipient,
            sender,
            only(target, f -> new Frame(f.step(), Arrays.copyOf(f.payload(), 1 << 20))));
        altered(
            input,
            recipient,
            sender,
            only(target, f -> new Frame(new Step(4000, "other"), f.payload())));
      }
    }
  }

  @Test
  void elementsAreChecked() {
    byte[] identity = new byte[32];
    byte[] odd = new byte[32];
    odd[0] = 1;
    byte[] large = new byte[32];
    Arrays.fill(large, (byte) 0xff);
    for (byte[] bad : new byte[][] {identity, odd, large}) {
      Change change =
          only(
              1,
              f -> {
                byte[] payload = f.payload().clone();
                System.arraycopy(bad, 0, payload, 32, 32);
                return new Frame(f.step(), payload);
              });
      altered(SumRuns.counting(), Recipient.MATCHER, 0, change);
      altered(SumRuns.counting(), Recipient.VALUE_OWNER, 1, change);
    }
  }

  @Test
  void repeatedElementsAndNonCiphertextsAreRefused() {
    // Frame 1 of the matcher holds its elements, frame 2 of the owner its rows.
    altered(
        SumRuns.counting(),
        Recipient.MATCHER,
        0,
        only(
            1,
            f -> {
              byte[] payload = f.payload().clone();
              System.arraycopy(payload, 0, payload, 32, 32);
              return new Frame(f.step(), payload);
            }));
    for (int fill : new int[] {0, 0xff}) {
      altered(
          SumRuns.small(),
          Recipient.MATCHER,
          1,
          only(
              2,
              f -> {
                byte[] payload = f.payload().clone();
                Arrays.fill(payload, 32, 32 + 768, (byte) fill);
                return new Frame(f.step(), payload);
              }));
    }
  }
}
