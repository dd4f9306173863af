package org.tidegate.mpc.psi.ecdh;

import org.junit.jupiter.api.Timeout;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.psi.PsiContract;
import org.tidegate.mpc.security.SecurityLevel;

/** On the SM2 curve. */
@Timeout(60)
final class EcdhPsiSm2Test extends PsiContract {
  private static final EcdhPsiParameters PARAMETERS =
      new EcdhPsiParameters(Group.SM2, SecurityLevel.STANDARD, MOST, MOST, 4);

  @Override
  protected TwoParties.Ends<Boolean, int[]> run(
      TwoParties parties, PackedBytes sender, PackedBytes receiver) {
    return parties.run(
        session -> {
          new SenderSetup(session, PARAMETERS).connect(sender).run();
          return true;
        },
        session -> new ReceiverSetup(session, PARAMETERS).connect(receiver).run());
  }

  @Override
  protected String golden() {
    return "psi-ecdh-sm2.txt";
  }
}
