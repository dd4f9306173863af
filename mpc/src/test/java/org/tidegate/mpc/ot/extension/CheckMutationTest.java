package org.tidegate.mpc.ot.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.fixture.Mutants;
import org.tidegate.mpc.fixture.Mutants.Mutant;

/** The consistency checks matter: nearly every alteration of them is noticed. */
@Tag("long")
final class CheckMutationTest {
  private static final long TIMEOUT_MILLIS = 60_000;

  @Test
  void atLeastNineOfTenMutantsOfTheChecksAreKilled() throws InterruptedException {
    assertThat(
            Mutants.killed(
                LinearHash.class,
                Mutants.none(LinearHash.class),
                CheckScenario.class,
                TIMEOUT_MILLIS))
        .isFalse();
    List<String> survivors = new ArrayList<>();
    int mutants = tryAll(LinearHash.class, name -> true, survivors);
    mutants +=
        tryAll(
            BitVoleSender.class,
            name -> name.contains("leavesAgree") || name.contains("rowsAgree"),
            survivors);
    assertThat(mutants).isGreaterThan(40);
    assertThat(survivors)
        .as("survivors of %d mutants", mutants)
        .hasSizeLessThanOrEqualTo(mutants / 10);
  }

  private static int tryAll(Class<?> type, Predicate<String> methods, List<String> survivors)
      throws InterruptedException {
    List<Mutant> mutants = Mutants.of(type, methods);
    for (Mutant mutant : mutants) {
      if (!Mutants.killed(type, mutant, CheckScenario.class, TIMEOUT_MILLIS)) {
        survivors.add(mutant.where());
      }
    }
    return mutants.size();
  }
}
