package org.tidegate.connector.job;

import static org.tidegate.connector.job.JobState.ABORTING;
import static org.tidegate.connector.job.JobState.REFUSED;
import static org.tidegate.connector.job.JobState.RESERVED;
import static org.tidegate.connector.job.JobState.REVEALED;
import static org.tidegate.connector.job.JobState.REVEALING;
import static org.tidegate.connector.job.JobState.RUNNING;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Outcome;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Transcript;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;

/** Runs this node's side of a reserved job, from RESERVED to the signed receipt. */
final class JobRunner {
  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

  private final JobParts parts;

  /**
   * How it went.
   *
   * @param outcome as in the receipt, with code and message
   * @param result the answer, at the recipient of a completed job
   */
  record Ran(
      JobOutcome outcome,
      Optional<ResultTable> result,
      List<JobReport.Traffic> traffic,
      long rounds) {}

  JobRunner(JobParts parts) {
    this.parts = parts;
  }

  /** Lets the job's peers in; call before they are told to start. */
  void openLanes(LiveJob job, Instant expires) {
    Set<String> peers = new HashSet<>(job.plan().participants());
    peers.remove(parts.party().self());
    Duration left = Duration.between(parts.clock().instant(), expires);
    job.attach(
        parts
            .lanes()
            .register(
                job.jobId(), job.plan().digest(), job.plan().parametersDigest(), peers, left));
  }

  /**
   * Runs the protocol and keeps the receipt. Does not throw for what peers, network or policy do:
   * that is the outcome.
   */
  Ran run(LiveJob job, Optional<Path> trace, JobListener listener) {
    return run(
        job,
        trace,
        channels -> job.computation().run(channels, () -> journalReveal(job), listener));
  }

  /**
   * Ends a job that nobody can compute, as a run that ended with this refusal.
   *
   * @param refusal one whose use counts
   */
  Ran refuse(LiveJob job, JobException refusal) {
    return run(
        job,
        Optional.empty(),
        channels -> {
          throw refusal;
        });
  }

  private Ran run(
      LiveJob job, Optional<Path> trace, Function<JobChannels, Computation.Output> protocol) {
    Lanes lanes = job.lanes();
    if (lanes == null) {
      throw new IllegalStateException("job " + job.jobId() + " has no lanes");
    }
    JobChannels channels = new JobChannels(parts.party().self(), lanes, trace);
    Optional<ResultTable> result = Optional.empty();
    JobOutcome outcome;
    try {
      if (!job.begin() || !parts.store().move(job.jobId(), Set.of(RESERVED), RUNNING, List.of())) {
        throw aborted(job, null);
      }
      Computation.Output output = protocol.apply(channels);
      result = output.result();
      journalReveal(job);
      // The result is there once its receipt is: a restart finds both or neither.
      if (!parts
          .store()
          .move(
              job.jobId(),
              Set.of(REVEALING),
              REVEALED,
              documents(job, JobOutcome.COMPLETED, result, channels.transcripts()))) {
        throw new IllegalStateException("job " + job.jobId() + " left REVEALING by itself");
      }
      outcome = JobOutcome.COMPLETED;
    } catch (RuntimeException e) {
      result = Optional.empty();
      outcome = outcomeOf(job, e);
      if (e instanceof JobException refusal && refusal.useCounts()) {
        // The recipient enters here what its peer entered as it refused. Not from ABORTING: who
        // has signed that it reveals nothing keeps its word, and the peer gives none.
        parts.store().move(job.jobId(), Set.of(RUNNING), REVEALING, List.of());
      }
      JobState next = outcome.kind() == Outcome.REFUSED ? REFUSED : ABORTING;
      // Not made when the journal holds the reveal: then the use counts, whatever the outcome.
      boolean stopped = parts.store().move(job.jobId(), Set.of(RESERVED, RUNNING), next, List.of());
      log.info(
          "job {} {}: {} {}{}",
          job.jobId(),
          outcome.kind(),
          outcome.code(),
          outcome.message(),
          stopped ? "" : " (its use may count)");
      lanes.abort(outcome.message());
    } finally {
      channels.close();
    }
    if (outcome.kind() != Outcome.COMPLETED) {
      documents(job, outcome, Optional.empty(), channels.transcripts())
          .forEach(document -> parts.store().keep(job.jobId(), document));
    }
    parts.store().outcome(job.jobId(), outcome);
    return new Ran(outcome, result, channels.traffic(), channels.rounds());
  }

  /** Enters REVEALING, journaled and synced; returns at once if that was done before. */
  private void journalReveal(LiveJob job) {
    boolean entered = parts.store().move(job.jobId(), Set.of(RUNNING), REVEALING, List.of());
    if (!entered
        && parts.store().find(job.jobId()).map(JobStore.Entry::state).orElseThrow() != REVEALING) {
      throw aborted(job, null);
    }
  }

  private static JobException aborted(LiveJob job, @Nullable Throwable e) {
    String reason = job.cancelled();
    return JobException.aborted(
        "job.cancelled", reason == null ? "the job was aborted by another party" : reason, e);
  }

  private static JobOutcome outcomeOf(LiveJob job, RuntimeException failure) {
    String cancelled = job.cancelled();
    return switch (failure) {
      case JobException e -> e.outcome();
      case ChannelException e when cancelled != null ->
          JobOutcome.aborted("job.cancelled", cancelled);
      case ChannelException e -> JobOutcome.aborted("channel.failed", text(e));
      case ProtocolAbortException e -> JobOutcome.aborted("channel.misbehaved", text(e));
      default -> {
        log.error("job {} failed by a bug of ours", job.jobId(), failure);
        yield JobOutcome.aborted(
            "internal",
            "a bug of ours stopped the job ("
                + failure.getClass().getSimpleName()
                + "); the node's log has the details");
      }
    };
  }

  private static String text(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  /** The signed receipt, and at the recipient of a completed job the result with its salt. */
  private List<JobStore.Document> documents(
      LiveJob job, JobOutcome outcome, Optional<ResultTable> result, List<Transcript> transcripts) {
    Optional<String> resultText =
        result.map(table -> CanonicalJson.encodeText(table.toJson(parts.salt(16))));
    Receipt receipt =
        new Receipt(
            job.jobId(),
            parts.party().self(),
            job.plan().role(parts.party().self()),
            outcome.kind(),
            job.plan().digest(),
            Optional.of(job.plan().method()),
            job.computation().commitments(),
            transcripts,
            resultText.map(text -> Digest.of(text.getBytes(StandardCharsets.UTF_8))),
            parts.store().revealJournaled(job.jobId()),
            parts.clock().instant());
    List<JobStore.Document> documents = new ArrayList<>();
    resultText.ifPresent(
        text -> documents.add(new JobStore.Document(JobStore.Kind.RESULT, "", text)));
    Signed<Receipt> signed = Signed.sign(receipt, parts.party().receiptKey());
    documents.add(
        new JobStore.Document(
            JobStore.Kind.RECEIPT, "", CanonicalJson.encodeText(signed.toJson())));
    return documents;
  }
}
