package org.tidegate.mpc.psi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.fixture.Golden;
import org.tidegate.mpc.fixture.Recording;
import org.tidegate.mpc.fixture.TamperingChannel;
import org.tidegate.mpc.fixture.TwoParties;

/** What every two-party set intersection does: the receiver learns its matching rows. */
public abstract class PsiContract {
  protected static final int MOST = 100;

  private static final List<String> SENDER = List.of("x", "b", "y", "e", "z");
  private static final List<String> RECEIVER = List.of("a", "b", "c", "d", "e", "f");

  /** Runs the protocol, agreed for at most {@link #MOST} rows each. */
  protected abstract TwoParties.Ends<Boolean, int[]> run(
      TwoParties parties, PackedBytes sender, PackedBytes receiver);

  /** The name of the committed trace of a small run. */
  protected abstract String golden();

  protected static PackedBytes keys(List<String> keys) {
    return PackedBytes.of(keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList());
  }

  private TwoParties.Ends<Boolean, int[]> run(
      TwoParties parties, List<String> sender, List<String> receiver) {
    return run(parties, keys(sender), keys(receiver));
  }

  @Test
  void receiverLearnsItsMatchingRowsAsTheIdealFunctionalitySays() {
    Random random = new Random(3);
    int[][] sizes = {{0, 0}, {0, 3}, {3, 0}, {1, 1}, {2, 2}, {1, 100}, {100, 1}, {30, 7}, {7, 41}};
    for (int[] size : sizes) {
      // Small pools, so that there are matches and duplicates on both sides.
      List<String> sender = new ArrayList<>();
      List<String> receiver = new ArrayList<>();
      IntStream.range(0, size[0]).forEach(i -> sender.add("k" + random.nextInt(20)));
      IntStream.range(0, size[1]).forEach(i -> receiver.add("k" + random.nextInt(20)));
      Set<String> have = new HashSet<>(sender);
      int[] ideal =
          IntStream.range(0, receiver.size()).filter(i -> have.contains(receiver.get(i))).toArray();
      assertThat(run(new TwoParties().seed(size[0]), sender, receiver).second().get())
          .as("%d x %d", size[0], size[1])
          .isEqualTo(ideal);
    }
  }

  @Test
  void keysAreTheirBytes() {
    List<String> sender = List.of("", "青岛", "é", "long ".repeat(300), "a\u0000b", "01");
    List<String> receiver =
        List.of("青岛", "e\u0301", "", "1", "a", "long ".repeat(300), "a\u0000b", "青");
    assertThat(run(new TwoParties(), sender, receiver).second().get()).containsExactly(0, 2, 5, 6);
  }

  @Test
  void bytesAreTheCommittedOnesAtAnyNumberOfThreads() {
    String golden = Golden.read(golden());
    for (int threads : new int[] {1, 2, 8}) {
      Recording recording = new Recording();
      var ends = run(new TwoParties().second(recording::of).threads(threads), SENDER, RECEIVER);
      assertThat(ends.second().get()).containsExactly(1, 4);
      assertThat(recording.trace()).isEqualTo(golden);
    }
  }

  @Test
  void oneFlippedByteOfAnyFrameLeavesNoResult() {
    for (int party = 0; party < 2; party++) {
      int frames = Integer.MAX_VALUE;
      for (int target = 0; target < frames; target++) {
        int altered = target;
        AtomicReference<TamperingChannel> channel = new AtomicReference<>();
        UnaryOperator<Channel> wrap =
            end -> {
              channel.set(
                  new TamperingChannel(
                      end,
                      (index, frame) -> {
                        byte[] payload = frame.payload().clone();
                        if (index == altered && payload.length > 0) {
                          payload[(31 * altered + 7) % payload.length] ^= 1;
                        }
                        return new TamperingChannel.Frame(frame.step(), payload);
                      }));
              return channel.get();
            };
        TwoParties parties = new TwoParties().deadline(Duration.ofSeconds(20));
        var ends = run(party == 0 ? parties.first(wrap) : parties.second(wrap), SENDER, RECEIVER);
        if (target >= channel.get().frames()) {
          frames = target;
          assertThat(ends.second().get()).containsExactly(1, 4);
        } else {
          assertThat(ends.second().failure())
              .as("frame %d of party %d", target, party)
              .isInstanceOfAny(ProtocolAbortException.class, ChannelException.class);
        }
      }
      assertThat(frames).isBetween(5, 60);
    }
  }
}
