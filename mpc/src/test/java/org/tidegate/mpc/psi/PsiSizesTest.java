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
import org.tidegate.mpc.psi.ecdh.EcdhPsiParameters;
import org.tidegate.mpc.psi.rr22.Rr22Parameters;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.suite.KernelChoice;

/**
 * Large and lopsided sets, as the ideal functionality says: RR22, with its lean store, in either
 * mode; and Diffie-Hellman.
 */
@Tag("long")
@Timeout(300)
final class PsiSizesTest {
  private static final int MILLION = 1_000_000;

  private enum Protocol {
    RR22,
    RR22_LEAN,
    RR22_MALICIOUS,
    ECDH;

    /** With the kernels' assertions on, Diffie-Hellman takes minutes for a million. */
    int most() {
      return this == ECDH ? 100_000 : MILLION;
    }
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
      case ECDH -> ecdh(parties, EcdhPsiParameters.of(most, most), sender, receiver);
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

  private static int[] ecdh(
      TwoParties parties, EcdhPsiParameters parameters, PackedBytes sender, PackedBytes receiver) {
    return parties
        .run(
            session -> {
              new org.tidegate.mpc.psi.ecdh.SenderSetup(session, parameters).connect(sender).run();
              return true;
            },
            session ->
                new org.tidegate.mpc.psi.ecdh.ReceiverSetup(session, parameters)
                    .connect(receiver)
                    .run())
        .second()
        .get();
  }

  @ParameterizedTest
  @EnumSource
  void oneKeyAgainstManyEitherWay(Protocol protocol) {
    int most = protocol.most();
    int one = most / 9 * 7;
    PackedBytes many = keys(0, most);
    assertThat(run(protocol, keys(one, 1), many, most)).containsExactly(one);
    assertThat(run(protocol, many, keys(one, 1), most)).containsExactly(0);
    assertThat(run(protocol, many, keys(most, 1), most)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void manyOnEitherSide(Protocol protocol) {
    int count = protocol == Protocol.ECDH ? 1 << 16 : 1 << 20;
    int half = count / 2;
    int[] rows = run(protocol, keys(half, count), keys(0, count), count);
    assertThat(rows).isEqualTo(IntStream.range(half, count).toArray());
  }
}
