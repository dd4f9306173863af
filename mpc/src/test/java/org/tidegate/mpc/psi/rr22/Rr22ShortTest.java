package org.tidegate.mpc.psi.rr22;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.psi.PsiContract;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;

/** With values of 64 bits. */
@Timeout(120)
final class Rr22ShortTest extends PsiContract {
  @Override
  protected TwoParties.Ends<Boolean, int[]> run(
      TwoParties parties, PackedBytes sender, PackedBytes receiver) {
    Rr22Parameters parameters = Rr22Parameters.of(Adversary.SEMI_HONEST, MOST, MOST);
    return Rr22Runs.run(parties, parameters.with(StoreField.GF2), sender, receiver);
  }

  @Override
  protected String golden() {
    return "psi-rr22-short.txt";
  }

  @Test
  void shortValuesAreForSemiHonestPartiesAndEnoughOfLambda() {
    assertThatThrownBy(
            () -> Rr22Parameters.of(Adversary.MALICIOUS, 5, 5).with(StoreField.GF2).digest())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("semi-honest");
    assertThatThrownBy(() ->
            new Rr22Parameters(
                new SecurityLevel(128, 60),
                Adversary.SEMI_HONEST,
                LpnCode.EXPAND_CONVOLUTE_21_24,
                1000,
                1000,
                Rr22Parameters.Sizes.SHOWN,
                StoreField.GF2,
                Rr22Parameters.Output.RECEIVER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values of 64 bits are too short for 1000 rows of the sender at λ = 60");
  }
}
