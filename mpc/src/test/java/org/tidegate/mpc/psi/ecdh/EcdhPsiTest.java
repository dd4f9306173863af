package org.tidegate.mpc.psi.ecdh;

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
import org.junit.jupiter.api.Timeout;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.fixture.Golden;
import org.tidegate.mpc.fixture.Recording;
import org.tidegate.mpc.fixture.TamperingChannel;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.security.SecurityLevel;

@Timeout(60)
final class EcdhPsiTest {
  private static final EcdhPsiParameters PARAMETERS =
      new EcdhPsiParameters(SecurityLevel.STANDARD, 100, 100, 4);

  private static PackedBytes keys(List<String> keys) {
    return PackedBytes.of(keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList());
  }

  private static TwoParties.Ends<Boolean, int[]> run(
      TwoParties parties, List<String> sender, List<String> receiver) {
    return parties.run(
        session -> {
          new SenderSetup(session, PARAMETERS).connect(keys(sender)).run();
          return true;
        },
        session -> new ReceiverSetup(session, PARAMETERS).connect(keys(receiver)).run());
  }

  @Test
  void receiverLearnsItsMatchingRowsAsTheIdealFunctionalitySays() {
    Random random = new Random(3);
    int[][] sizes = {{0, 0}, {0, 3}, {3, 0}, {1, 1}, {30, 7}, {7, 41}};
    for (int[] size : sizes) {
      // Small pools, so that there are matches and duplicates on both sides.
      List<String> sender = new ArrayList<>();
      List<String> receiver = new ArrayList<>();
      IntStream.range(0, size[0]).forEach(i -> sender.add("k" + random.nextInt(20)));
      IntStream.range(0, size[1]).forEach(i -> receiver.add("k" + random.nextInt(20)));
      Set<String> have = new HashSet<>(sender);
      int[] ideal =
          IntStream.range(0, receiver.size()).filter(i -> have.contains(receiver.get(i))).toArray();
      assertThat(run(new TwoParties(), sender, receiver).second().get()).isEqualTo(ideal);
    }
  }

  @Test
  void bytesAreTheCommittedOnesAtAnyNumberOfThreads() {
    String golden = Golden.read("psi-ecdh.txt");
    for (int threads : new int[] {1, 2, 8}) {
      Recording recording = new Recording();
      List<String> receiver = List.of("a", "b", "c", "d", "e", "f");
      var ends =
          run(
              new TwoParties().second(recording::of).threads(threads),
              List.of("x", "b", "y", "e", "z"),
              receiver);
      assertThat(ends.second().get()).containsExactly(1, 4);
      assertThat(recording.trace()).isEqualTo(golden);
    }
  }

  @Test
  void oneFlippedByteOfAnyFrameLeavesNoResult() {
    List<String> sender = List.of("x", "b", "y", "e", "z");
    List<String> receiver = List.of("a", "b", "c", "d", "e", "f");
    for (int party = 0; party < 2; party++) {
      int frames = 100;
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
                        if (index == altered) {
                          payload[payload.length - 1] ^= 1;
                        }
                        return new TamperingChannel.Frame(frame.step(), payload);
                      }));
              return channel.get();
            };
        TwoParties parties = new TwoParties().deadline(Duration.ofSeconds(20));
        var ends = run(party == 0 ? parties.first(wrap) : parties.second(wrap), sender, receiver);
        if (target >= channel.get().frames()) {
          frames = target;
          assertThat(ends.second().get()).containsExactly(1, 4);
        } else {
          assertThat(ends.second().failure())
              .isInstanceOfAny(ProtocolAbortException.class, ChannelException.class);
        }
      }
      assertThat(frames).isBetween(5, 20);
    }
  }
}
