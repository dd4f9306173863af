package org.tidegate.connector.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JobRecord;

/**
 * Lets a node die before and after each of its operations on store, ledger, peers and lanes, one
 * after the other, and starts it again: never a lost or double-counted use, never an answer whose
 * use came back, and every job ends.
 */
final class JobCrashTest {
  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"bank", "tax"})
  void someMomentsOfDeath(String victim) throws Exception {
    dieAtEach(victim, 8);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"bank", "tax"})
  void everyMomentOfDeath(String victim) throws Exception {
    dieAtEach(victim, 1);
  }

  private void dieAtEach(String victim, int stride) throws Exception {
    int answered = 0;
    int died = 0;
    for (int moment = stride; ; moment += stride) {
      try (JobSpace space = new JobSpace(home.resolve(victim + moment))) {
        Grant grant = space.grant("g", 1);
        JobSpace.Node node = space.node(victim);
        node.dieAt(moment);
        boolean gotAnswer = ask(space);
        // The victim may go on in the background after the answer, and die there.
        await(() -> node.dead() || node.store().unfinished().isEmpty(), "the victim does not end");
        boolean dead = node.dead();
        died += dead ? 1 : 0;
        answered += gotAnswer ? 1 : 0;
        if (dead) {
          node.restart();
        }
        check(space, grant, gotAnswer, moment);
        if (!dead) {
          assertThat(gotAnswer).isTrue();
          break;
        }
      }
    }
    assertThat(died).isGreaterThan(20 / stride);
    assertThat(answered).isGreaterThan(0);
  }

  private static boolean ask(JobSpace space) throws Exception {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            JobReport report =
                space
                    .bank()
                    .jobs()
                    .query(
                        QueryRequest.of(JobSpace.SQL), JobListener.NONE, new JobService.Cancel());
            answer.complete(report.result().isPresent());
          } catch (Throwable e) {
            answer.complete(false);
          }
        });
    // A dead owner makes the coordinator wait for a settlement that comes only after the restart.
    Callable<Boolean> over = () -> answer.isDone() || space.tax().dead() || space.bank().dead();
    await(over, "the query neither ends nor dies");
    return answer.completeOnTimeout(false, 300, TimeUnit.MILLISECONDS).get();
  }

  private static void check(JobSpace space, Grant grant, boolean gotAnswer, int moment)
      throws Exception {
    // Some of it ends at once, what cannot be released ends when the job expires.
    Callable<Boolean> allOver =
        () ->
            space.bank().store().unfinished().isEmpty()
                && space.tax().store().unfinished().isEmpty();
    for (int i = 0; i < 12 && !allOver.call(); i++) {
      Thread.sleep(25);
    }
    if (!allOver.call()) {
      space.ledger.pass(Duration.ofMinutes(11));
    }
    await(
        allOver,
        "moment "
            + moment
            + ": bank "
            + space.bank().store().unfinished()
            + ", tax "
            + space.tax().store().unfinished());
    int settled = 0;
    for (Digest jobId : space.truth().jobs("", 10).entries()) {
      JobRecord record = space.truth().job(jobId).orElseThrow();
      assertThat(record.state()).isNotEqualTo(JobRecord.State.RESERVED);
      boolean counts = record.state() == JobRecord.State.SETTLED;
      settled += counts ? 1 : 0;
      if (space.tax().store().revealJournaled(jobId)) {
        assertThat(counts).describedAs("revealed at moment %d, so it counts", moment).isTrue();
      }
      JobState end = counts ? JobState.SETTLED : JobState.RELEASED;
      assertThat(space.bank().store().find(jobId).orElseThrow().state()).isEqualTo(end);
      assertThat(space.tax().store().find(jobId).orElseThrow().state()).isEqualTo(end);
    }
    assertThat(space.used(grant)).describedAs("uses at moment %d", moment).isEqualTo(settled);
    if (gotAnswer) {
      assertThat(settled).describedAs("answered at moment %d, so it counts", moment).isEqualTo(1);
    }
  }

  private static void await(Callable<Boolean> condition, String what) throws Exception {
    long began = System.nanoTime();
    while (!condition.call()) {
      assertThat(System.nanoTime() - began).describedAs(what).isLessThan(15_000_000_000L);
      Thread.sleep(5);
    }
  }
}
