package org.tidegate.mpc.ot.extension;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.fixture.Mutants;

/** The consistency checks matter: nearly every alteration of them is noticed. */
@Tag("long")
final class CheckMutationTest {
  @Test
  void atLeastNineOfTenMutantsOfTheChecksAreKilled() throws InterruptedException {
    new Mutants.Score(CheckScenario.class, 60_000)
        .tryAll(LinearHash.class, name -> true)
        .tryAll(
            BitVoleSender.class, name -> name.contains("leavesAgree") || name.contains("rowsAgree"))
        .requireNineOfTen(40);
  }
}
