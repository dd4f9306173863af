package org.tidegate.mpc.oprf.vole;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.fixture.Mutants;

/** The sender's mask and its commitment matter: nearly every alteration is noticed. */
@Tag("long")
final class MaskMutationTest {
  @Test
  void atLeastNineOfTenMutantsOfTheMaskAreKilled() throws InterruptedException {
    new Mutants.Score(MaskScenario.class, 60_000)
        .tryAll(SenderMask.class, name -> true)
        .tryAll(
            VoleOprfReceiver.class, name -> name.equals("evaluateOnce") || name.equals("receive"))
        .tryAll(VoleOprfSender.class, name -> name.equals("runOnce") || name.equals("receive"))
        .requireNineOfTen(25);
  }
}
