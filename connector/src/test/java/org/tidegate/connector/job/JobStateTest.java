package org.tidegate.connector.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class JobStateTest {
  /** The whole table as text, so that a change of it is seen in the diff. */
  @Test
  void theTable() {
    String table =
        Arrays.stream(JobState.values())
            .map(from ->
                from
                    + " → "
                    + Arrays.stream(JobState.values())
                        .filter(from::mayBecome)
                        .map(JobState::name)
                        .collect(
                            Collectors.collectingAndThen(
                                Collectors.joining(", "),
                                list -> list.isEmpty() ? "nothing" : list)))
            .collect(Collectors.joining("\n"));
    assertThat(table)
        .isEqualTo(
            """
            PROPOSED → ACCEPTED, REFUSED, ABORTING
            ACCEPTED → RESERVED, REFUSED, ABORTING
            RESERVED → RUNNING, REFUSED, ABORTING
            RUNNING → REVEALING, REFUSED, ABORTING
            REVEALING → REVEALED, SETTLED
            REVEALED → SETTLED
            REFUSED → SETTLED, RELEASED
            ABORTING → SETTLED, RELEASED
            SETTLED → nothing
            RELEASED → nothing\
            """);
  }

  @Test
  void whoMayHaveRevealedCanNeverAbortOrRelease() {
    for (JobState state : JobState.values()) {
      if (!state.revealedNothing()) {
        assertThat(state.mayBecome(JobState.ABORTING)).isFalse();
        assertThat(state.mayBecome(JobState.REFUSED)).isFalse();
        assertThat(state.mayBecome(JobState.RELEASED)).isFalse();
      }
    }
  }

  @Test
  void whoHasAbortedOrRefusedCanNeverReveal() {
    for (JobState state : new JobState[] {JobState.ABORTING, JobState.REFUSED, JobState.RELEASED}) {
      assertThat(state.mayBecome(JobState.RUNNING)).isFalse();
      assertThat(state.mayBecome(JobState.REVEALING)).isFalse();
    }
  }
}
