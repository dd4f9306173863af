package org.tidegate.mpc.oprf.vole;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.fixture.MutationScore;

/** The mask's commitment matters: nearly every alteration of its handling is noticed. */
@Tag("long")
final class CheckMutationTest {
  private static final MutationScore SCORE = new MutationScore(CheckScenario.class);

  @Test
  void ofTheMask() throws InterruptedException {
    SCORE.atLeastNineOfTenAreKilled(SenderMask.class, name -> true, 3);
  }

  @Test
  void ofTheReceiversPart() throws InterruptedException {
    SCORE.atLeastNineOfTenAreKilled(
        VoleOprfReceiver.class, Set.of("evaluateOnce", "receive")::contains, 5);
  }

  @Test
  void ofTheSendersPart() throws InterruptedException {
    SCORE.atLeastNineOfTenAreKilled(
        VoleOprfSender.class, Set.of("runOnce", "receive")::contains, 5);
  }
}
