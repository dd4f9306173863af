package org.tidegate.mpc.ot.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.hash.Sha;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.suite.KernelChoice;

@Timeout(120)
final class TransfersTest {
  private static TwoParties.Ends<long[], long[]> run(
      TwoParties parties, Adversary adversary, int count) {
    ExtensionParameters parameters = ExtensionParameters.of(adversary);
    long[] choices = new Random(count).longs((count + 63) / 64).toArray();
    return parties.run(
        session -> new SenderSetup(session, parameters, "test").connect(count).run(),
        session -> new ReceiverSetup(session, parameters, "test").connect(count).run(choices));
  }

  @ParameterizedTest
  @EnumSource
  void receiverHasTheBlockOfItsChoiceAndAllBlocksDiffer(Adversary adversary) {
    for (int count : new int[] {1, 2, 1001, 65_536}) {
      long[] choices = new Random(count).longs((count + 63) / 64).toArray();
      var ends = run(new TwoParties(), adversary, count);
      long[] both = ends.first().get();
      long[] chosen = ends.second().get();
      Set<Long> seen = new HashSet<>();
      boolean good = true;
      for (int i = 0; i < count; i++) {
        int choice = (int) (choices[i >> 6] >>> i & 1);
        good &= chosen[2 * i] == both[4 * i + 2 * choice];
        good &= chosen[2 * i + 1] == both[4 * i + 2 * choice + 1];
        seen.add(both[4 * i]);
        seen.add(both[4 * i + 2]);
      }
      assertThat(good).isTrue();
      assertThat(both).hasSize(4 * count);
      assertThat(chosen).hasSize(2 * count);
      assertThat(seen).hasSize(2 * count);
    }
  }

  @Test
  void blocksAreTheSameOnVectorsAndAnyNumberOfThreads() {
    long[] expected = run(new TwoParties(), Adversary.MALICIOUS, 1500).first().get();
    TwoParties vectors = new TwoParties().kernels(KernelChoice.best().kernels()).threads(3);
    assertThat(run(vectors, Adversary.MALICIOUS, 1500).first().get()).isEqualTo(expected);
  }

  @Test
  void blocksAreTheHashThatTheDocumentationSays() {
    SenderBits bits = new SenderBits(new long[] {5, 6}, new long[] {1, 2, 3, 4});
    byte[] message = new byte[40];
    byte[] run = TwoParties.BINDING.hash("tidegate.ot.extension.transfers/1").text("use").finish();
    System.arraycopy(run, 0, message, 0, 16);
    message[23] = 1; // the second transfer
    message[24] = 3 ^ 5;
    message[32] = 4 ^ 6;
    long expected = BigEndian.readLongLittle(Sha.sha256().digest(message), 0);
    var ends =
        new TwoParties()
            .run(
                session -> TransferBlocks.sender(session, "use", bits),
                session ->
                    TransferBlocks.receiver(
                        session, "use", new ReceiverBits(new long[] {1, 2, 3 ^ 5, 4 ^ 6})));
    assertThat(ends.first().get()[6]).isEqualTo(expected);
    assertThat(ends.second().get()[2]).isEqualTo(expected);
    assertThat(Arrays.copyOf(ends.second().get(), 2))
        .isEqualTo(Arrays.copyOf(ends.first().get(), 2));
  }
}
