package org.tidegate.mpc.ot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.fixture.Flips;
import org.tidegate.mpc.fixture.Golden;
import org.tidegate.mpc.fixture.Recording;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.security.InsecureParameterException;
import org.tidegate.mpc.security.SecurityLevel;
import org.tidegate.mpc.suite.KernelChoice;

@Timeout(120)
final class BaseOtTest {
  private static final int KEY = SenderKeys.KEY_BYTES;

  private static BaseOtParameters parameters(int transfers) {
    return new BaseOtParameters(SecurityLevel.STANDARD, transfers);
  }

  private static long[] choices(int transfers) {
    return new java.util.Random(5).longs((transfers + 63) / 64).toArray();
  }

  private static TwoParties.Ends<SenderKeys, ReceiverKeys> run(TwoParties parties, int transfers) {
    return parties.run(
        session -> new SenderSetup(session, parameters(transfers), "test").prepare().run(),
        session ->
            new ReceiverSetup(session, parameters(transfers), "test")
                .prepare(choices(transfers))
                .run());
  }

  private static byte[] sender(SenderKeys keys, int i, int j) {
    return Arrays.copyOfRange(keys.keys(), (2 * i + j) * KEY, (2 * i + j + 1) * KEY);
  }

  private static byte[] receiver(ReceiverKeys keys, int i) {
    return Arrays.copyOfRange(keys.keys(), i * KEY, (i + 1) * KEY);
  }

  @Test
  void receiverHasTheKeyOfItsChoiceAndAllKeysDiffer() {
    for (int transfers : new int[] {1, 2, 33, 128}) {
      var ends = run(new TwoParties(), transfers);
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < transfers; i++) {
        int choice = Receiver.choice(choices(transfers), i);
        byte[] key = receiver(ends.second().get(), i);
        assertThat(key).isEqualTo(sender(ends.first().get(), i, choice));
        seen.add(Arrays.toString(key));
        seen.add(Arrays.toString(sender(ends.first().get(), i, 1 - choice)));
      }
      assertThat(seen).hasSize(2 * transfers);
    }
  }

  @Test
  void otherUsesGiveOtherKeys() {
    var one = run(new TwoParties(), 4).second().get();
    var other =
        new TwoParties()
            .run(
                session -> new SenderSetup(session, parameters(4), "other").prepare().run(),
                session ->
                    new ReceiverSetup(session, parameters(4), "other").prepare(choices(4)).run());
    assertThat(other.second().get().keys()).isNotEqualTo(one.keys());
    var mixed =
        new TwoParties()
            .run(
                session -> new SenderSetup(session, parameters(4), "one").prepare().run(),
                session ->
                    new ReceiverSetup(session, parameters(4), "other").prepare(choices(4)).run());
    for (int i = 0; i < 4; i++) {
      assertThat(receiver(mixed.second().get(), i))
          .isNotEqualTo(sender(mixed.first().get(), i, 0))
          .isNotEqualTo(sender(mixed.first().get(), i, 1));
    }
  }

  @Test
  void bytesAreTheCommittedOnesAtAnyNumberOfThreadsAndOnVectors() {
    String golden = Golden.read("ot-base.txt");
    for (int threads : new int[] {1, 2, 8}) {
      Recording recording = new Recording();
      TwoParties parties = new TwoParties().first(recording::of).threads(threads);
      if (threads == 2) {
        parties.kernels(KernelChoice.best().kernels());
      }
      run(parties, 70).first().get();
      assertThat(recording.trace()).isEqualTo(golden);
    }
  }

  @Test
  void alteredFramesAbortOrSpoilTheTransfersTheyTouchOnly() {
    int transfers = 5;
    for (int party = 0; party < 2; party++) {
      Flips.Report report =
          Flips.each(
              party,
              12,
              parties -> run(parties.deadline(Duration.ofSeconds(20)), transfers),
              (where, ends) -> {
                for (var end : new TwoParties.End<?>[] {ends.first(), ends.second()}) {
                  if (end.failure() != null) {
                    assertThat(end.failure())
                        .isInstanceOfAny(ProtocolAbortException.class, ChannelException.class);
                  }
                }
                if (ends.first().failure() == null && ends.second().failure() == null) {
                  SenderKeys s = ends.first().get();
                  ReceiverKeys r = ends.second().get();
                  for (int i = 0; i < transfers; i++) {
                    boolean altered = where.party() == 0 || where.at() / 64 == i;
                    int choice = Receiver.choice(choices(transfers), i);
                    if (altered) {
                      assertThat(receiver(r, i)).isNotEqualTo(sender(s, i, 0));
                      assertThat(receiver(r, i)).isNotEqualTo(sender(s, i, 1));
                    } else {
                      assertThat(receiver(r, i)).isEqualTo(sender(s, i, choice));
                    }
                  }
                }
              });
      assertThat(report.frames()).isEqualTo(1);
    }
  }

  @Test
  void parametersAreChecked() {
    assertThatThrownBy(() -> new BaseOtParameters(new SecurityLevel(192, 40), 1))
        .isInstanceOf(InsecureParameterException.class)
        .hasMessageContaining("128");
    assertThatThrownBy(() -> parameters(0)).hasMessageContaining("0 base transfers");
    assertThatThrownBy(() -> parameters(4097)).hasMessageContaining("4096");
    assertThat(parameters(3).digest()).isNotEqualTo(parameters(4).digest());
  }
}
