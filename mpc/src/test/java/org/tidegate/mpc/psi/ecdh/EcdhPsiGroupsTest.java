package org.tidegate.mpc.psi.ecdh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.curve.SecretScalars;
import org.tidegate.mpc.fixture.Recording;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.security.SecurityLevel;
import org.tidegate.mpc.suite.KernelChoice;

/** The protocol in each group. */
@Timeout(60)
final class EcdhPsiGroupsTest {
  private static final int BATCH = 8;

  private static EcdhPsiParameters parameters(Group group) {
    return new EcdhPsiParameters(group, SecurityLevel.STANDARD, 100, 100, BATCH);
  }

  private static PackedBytes keys(int from, int to) {
    return PackedBytes.of(
        IntStream.range(from, to)
            .mapToObj(i -> ("k" + i).getBytes(StandardCharsets.UTF_8))
            .toList());
  }

  private static TwoParties.Ends<Boolean, int[]> run(
      TwoParties parties, Group sender, Group receiver) {
    return parties.run(
        session -> {
          new SenderSetup(session, parameters(sender)).connect(keys(10, 31)).run();
          return true;
        },
        session -> new ReceiverSetup(session, parameters(receiver)).connect(keys(0, 19)).run());
  }

  @ParameterizedTest
  @EnumSource(Group.class)
  void matchesAreFoundWithTheSameBytesByAllKernels(Group group) {
    Recording scalar = new Recording();
    Recording lanes = new Recording();
    int[] ideal = IntStream.range(10, 19).toArray();
    assertThat(run(new TwoParties().second(scalar::of), group, group).second().get())
        .isEqualTo(ideal);
    TwoParties best =
        new TwoParties().second(lanes::of).kernels(KernelChoice.best().kernels()).threads(2);
    assertThat(run(best, group, group).second().get()).isEqualTo(ideal);
    assertThat(lanes.trace()).isEqualTo(scalar.trace());
  }

  @Test
  void partiesThatDisagreeOnTheGroupDoNotBegin() {
    TwoParties parties = new TwoParties().deadline(Duration.ofSeconds(20));
    var ends = run(parties, Group.P256, Group.SM2);
    // Whoever notices first aborts, and the other may see only that its peer is gone.
    assertThat(Stream.of(ends.first().failure(), ends.second().failure()))
        .doesNotContainNull()
        .anyMatch(ProtocolAbortException.class::isInstance);
  }

  @ParameterizedTest
  @EnumSource(Group.class)
  void scalarsInvert(Group group) {
    try (var random = TwoParties.random(7, 1)) {
      byte[] k = SecretScalars.random(group, random);
      byte[] inverse = SecretScalars.invert(group, k, random);
      int count = 3;
      byte[] uniform = random.nextBytes(count * group.uniformBytes());
      byte[] one = new byte[Group.SCALAR_BYTES];
      one[0] = 1;
      byte[] in = new byte[count * group.elementBytes()];
      byte[] out = new byte[in.length];
      byte[] back = new byte[in.length];
      var kernel = KernelChoice.best().kernels().group(group);
      assertThat(kernel.group()).isEqualTo(group);
      kernel.multiplyUniform(one, uniform, 0, in, 0, count);
      for (byte[] factor : List.of(k, inverse)) {
        kernel.multiply(factor, factor == k ? in : out, 0, factor == k ? out : back, 0, count);
      }
      assertThat(back).isEqualTo(in);
      assertThat(out).isNotEqualTo(in);
    }
  }
}
