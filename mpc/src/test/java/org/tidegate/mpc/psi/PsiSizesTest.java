package org.tidegate.mpc.psi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.psi.rr22.Rr22Parameters;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.suite.KernelChoice;

/**
 * Large and lopsided sets, as the ideal functionality says, in RR22, its lean store and either
 * mode.
 */
@Tag("long")
@Timeout(300)
final class PsiSizesTest {
  private static final int MILLION = 1_000_000;

  private enum Protocol {
    RR22,
    RR22_LEAN,
    RR22_MALICIOUS
  }

  private static PackedBytes keys(int from, int count) {
    return PackedBytes.of(
        IntStream.range(from, from + count)
            .mapToObj(i -> ("钥匙-" + i).getBytes(StandardCharsets.UTF_8))
            .toList());
  }

  private static int[] run(Protocol protocol, PackedBytes sender, PackedBytes receiver, int most) {
    TwoParties parties =
        new TwoParties()
            .kernels(KernelChoice.best().kernels())
            .threads(2)
            .deadline(Duration.ofMinutes(4));
    return switch (protocol) {
      case RR22 ->
          rr22(parties, Rr22Parameters.of(Adversary.SEMI_HONEST, most, most), sender, receiver);
      case RR22_LEAN ->
          rr22(
              parties,
              Rr22Parameters.of(Adversary.SEMI_HONEST, most, most).with(StoreField.GF2),
              sender,
              receiver);
      case RR22_MALICIOUS ->
          rr22(parties, Rr22Parameters.of(Adversary.MALICIOUS, most, most), sender, receiver);
    };
  }

  private static int[] rr22(
      TwoParties parties, Rr22Parameters parameters, PackedBytes sender, PackedBytes receiver) {
    return parties
        .run(
            session -> {
              new org.tidegate.mpc.psi.rr22.SenderSetup(session, parameters).connect(sender).run();
              return true;
            },
            session ->
                new org.tidegate.mpc.psi.rr22.ReceiverSetup(session, parameters)
                    .connect(receiver)
                    .run())
        .second()
        .get();
  }

  @ParameterizedTest
  @EnumSource
  void oneKeyAgainstAMillionEitherWay(Protocol protocol) {
    PackedBytes many = keys(0, MILLION);
    assertThat(run(protocol, keys(777_777, 1), many, MILLION)).containsExactly(777_777);
    assertThat(run(protocol, many, keys(777_777, 1), MILLION)).containsExactly(0);
    assertThat(run(protocol, many, keys(MILLION, 1), MILLION)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void twoToTheTwentyOnEitherSide(Protocol protocol) {
    int count = 1 << 20;
    int half = count / 2;
    int[] rows = run(protocol, keys(half, count), keys(0, count), count);
    assertThat(rows).isEqualTo(IntStream.range(half, count).toArray());
  }
}
