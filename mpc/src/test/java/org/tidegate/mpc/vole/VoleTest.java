package org.tidegate.mpc.vole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.mpc.fixture.Golden;
import org.tidegate.mpc.fixture.Recording;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.lane.Gf128Scalar;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;

@Timeout(120)
final class VoleTest {
  private static TwoParties.Ends<SenderShares, ReceiverShares> run(
      TwoParties parties, VoleParameters parameters, int size) {
    return parties.run(
        session -> new VoleSenderSetup(session, parameters).connect(size).run(),
        session -> new VoleReceiverSetup(session, parameters).connect(size).run());
  }

  /** c = a·Δ + b, as the ideal functionality says. */
  private static void check(SenderShares sender, ReceiverShares receiver, int size) {
    assertThat(sender.b()).hasSize(2 * size);
    assertThat(receiver.a()).hasSize(2 * size);
    assertThat(receiver.c()).hasSize(2 * size);
    long[] deltaLow = new long[size];
    long[] deltaHigh = new long[size];
    Arrays.fill(deltaLow, sender.delta()[0]);
    Arrays.fill(deltaHigh, sender.delta()[1]);
    long[] low = words(receiver.a(), 0);
    long[] high = words(receiver.a(), 1);
    new Gf128Scalar().multiply(low, high, low, high, deltaLow, deltaHigh, 0, size);
    for (int i = 0; i < size; i++) {
      low[i] ^= sender.b()[2 * i];
      high[i] ^= sender.b()[2 * i + 1];
    }
    assertThat(low).isEqualTo(words(receiver.c(), 0));
    assertThat(high).isEqualTo(words(receiver.c(), 1));
    // Nothing stands twice, and nothing is zero: what a wrong seed or a lost tree would give.
    assertThat(low).doesNotHaveDuplicates().doesNotContain(0);
    if (size > 100) {
      assertThat(words(receiver.a(), 0)).doesNotHaveDuplicates().doesNotContain(0);
      assertThat(words(sender.b(), 0)).doesNotHaveDuplicates().doesNotContain(0);
    }
  }

  private static long[] words(long[] pairs, int which) {
    long[] words = new long[pairs.length / 2];
    Arrays.setAll(words, i -> pairs[2 * i + which]);
    return words;
  }

  @ParameterizedTest
  @EnumSource(Adversary.class)
  void sharesAreCorrelatedAtAnySize(Adversary adversary) {
    VoleParameters parameters = VoleParameters.of(adversary);
    for (int size : new int[] {1, 2, 2047, 2049, 20_001, (1 << 19) + 3}) {
      var ends = run(new TwoParties().seed(size), parameters, size);
      check(ends.first().get(), ends.second().get(), size);
    }
  }

  @ParameterizedTest
  @EnumSource(LpnCode.class)
  void everyCodeWorks(LpnCode code) {
    VoleParameters parameters =
        new VoleParameters(SecurityLevel.STANDARD, Adversary.MALICIOUS, code, 128);
    var ends = run(new TwoParties(), parameters, 3000);
    check(ends.first().get(), ends.second().get(), 3000);
  }

  @Test
  void shortValuesStayShort() {
    VoleParameters parameters =
        new VoleParameters(
            SecurityLevel.STANDARD, Adversary.SEMI_HONEST, LpnCode.EXPAND_CONVOLUTE_21_24, 80);
    var ends = run(new TwoParties(), parameters, 5000);
    check(ends.first().get(), ends.second().get(), 5000);
    long[] high = words(ends.second().get().a(), 1);
    assertThat(Arrays.stream(high).reduce(0, (x, y) -> x | y)).isEqualTo(0xffff);
  }

  @ParameterizedTest
  @EnumSource(Adversary.class)
  void bytesAreTheCommittedOnesAtAnyNumberOfThreads(Adversary adversary) {
    for (int threads : new int[] {1, 2, 8}) {
      Recording recording = new Recording();
      var ends =
          run(
              new TwoParties().second(recording::of).threads(threads),
              VoleParameters.of(adversary),
              5000);
      check(ends.first().get(), ends.second().get(), 5000);
      assertThat(recording.trace()).isEqualTo(Golden.read("vole-" + adversary.text() + ".txt"));
    }
  }

  @Test
  void refusesOtherSizes() {
    var ends = run(new TwoParties(), VoleParameters.of(Adversary.SEMI_HONEST), 0);
    assertThatThrownBy(() -> ends.first().get())
        .cause()
        .hasMessage("0 elements are not within 1 and 33554432");
  }
}
