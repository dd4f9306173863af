package org.tidegate.mpc.psi.rr22;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.psi.PsiContract;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;

/** The sender learns which of its rows match, too. */
@Timeout(120)
final class Rr22BothTest extends PsiContract {
  private static Rr22Parameters parameters(Adversary adversary, Rr22Parameters.Sizes sizes) {
    return new Rr22Parameters(
        SecurityLevel.STANDARD,
        adversary,
        LpnCode.EXPAND_CONVOLUTE_21_24,
        MOST,
        MOST,
        sizes,
        StoreField.GF128,
        Rr22Parameters.Output.BOTH);
  }

  @Override
  protected TwoParties.Ends<Boolean, int[]> run(
      TwoParties parties, PackedBytes sender, PackedBytes receiver) {
    return Rr22Runs.run(
        parties, parameters(Adversary.SEMI_HONEST, Rr22Parameters.Sizes.SHOWN), sender, receiver);
  }

  @Override
  protected String golden() {
    return "psi-rr22-both.txt";
  }

  @Test
  void senderLearnsItsMatchingRowsAsTheIdealFunctionalitySays() {
    Random random = new Random(5);
    for (int[] size : new int[][] {{0, 3}, {3, 0}, {1, 1}, {8, 9}, {30, 7}, {7, 41}}) {
      List<String> sender = new ArrayList<>();
      List<String> receiver = new ArrayList<>();
      IntStream.range(0, size[0]).forEach(i -> sender.add("k" + random.nextInt(20)));
      IntStream.range(0, size[1]).forEach(i -> receiver.add("k" + random.nextInt(20)));
      Set<String> have = new HashSet<>(receiver);
      int[] ideal =
          IntStream.range(0, sender.size()).filter(i -> have.contains(sender.get(i))).toArray();
      for (Rr22Parameters.Sizes sizes : Rr22Parameters.Sizes.values()) {
        Rr22Parameters parameters = parameters(Adversary.SEMI_HONEST, sizes);
        TwoParties.Ends<int[], int[]> ends =
            new TwoParties()
                .seed(size[0])
                .run(
                    session -> new SenderSetup(session, parameters).connect(keys(sender)).run(),
                    session ->
                        new ReceiverSetup(session, parameters).connect(keys(receiver)).run());
        assertThat(ends.first().get()).as("%d x %d", size[0], size[1]).isEqualTo(ideal);
      }
    }
  }

  @Test
  void isForSemiHonestParties() {
    assertThatThrownBy(() -> parameters(Adversary.MALICIOUS, Rr22Parameters.Sizes.SHOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("semi-honest");
  }
}
