package org.tidegate.mpc.vole;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.fixture.Mutants;

/** The check of the trees matters: nearly every alteration of it is noticed. */
@Tag("long")
final class TreeCheckMutationTest {
  @Test
  void atLeastNineOfTenMutantsOfTheCheckAreKilled() throws InterruptedException {
    new Mutants.Score(TreeCheckScenario.class, 60_000)
        .tryAll(TreeCheck.class, name -> true)
        .tryAll(VoleReceiver.class, name -> name.equals("check"))
        .tryAll(VoleSender.class, name -> name.equals("answer"))
        .requireNineOfTen(60);
  }
}
