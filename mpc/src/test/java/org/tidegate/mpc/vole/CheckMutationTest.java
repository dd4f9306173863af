package org.tidegate.mpc.vole;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.fixture.MutationScore;

/** The check of the trees matters: nearly every alteration of it is noticed. */
@Tag("long")
final class CheckMutationTest {
  private static final MutationScore SCORE = new MutationScore(CheckScenario.class);

  @Test
  void ofTheCombination() throws InterruptedException {
    SCORE.atLeastNineOfTenAreKilled(TreeCheck.class, name -> true, 30);
  }

  @Test
  void ofTheReceiversPart() throws InterruptedException {
    SCORE.atLeastNineOfTenAreKilled(VoleReceiver.class, "check"::equals, 5);
  }

  @Test
  void ofTheSendersPart() throws InterruptedException {
    SCORE.atLeastNineOfTenAreKilled(VoleSender.class, "answer"::equals, 5);
  }
}
