package org.tidegate.mpc.psi.rr22;

import org.junit.jupiter.api.Timeout;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.psi.PsiContract;
import org.tidegate.mpc.security.Adversary;

@Timeout(120)
final class Rr22Test extends PsiContract {
  @Override
  protected TwoParties.Ends<Boolean, int[]> run(
      TwoParties parties, PackedBytes sender, PackedBytes receiver) {
    return Rr22Runs.run(
        parties, Rr22Parameters.of(Adversary.SEMI_HONEST, MOST, MOST), sender, receiver);
  }

  @Override
  protected String golden() {
    return "psi-rr22.txt";
  }
}
