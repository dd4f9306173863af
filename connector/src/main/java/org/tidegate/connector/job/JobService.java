package org.tidegate.connector.job;

import static org.tidegate.connector.job.JobState.ACCEPTED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Outcome;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Signed;

/**
 * All jobs of a node: asks as a coordinator, answers as an owner, and drives every job it ever
 * promised something for to its end, across restarts. Safe for use by many threads.
 */
public final class JobService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JobService.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(2);

  /** How long the answer "it broke off" waits for the release that may come with it. */
  private static final Duration STOPPED_PATIENCE = Duration.ofSeconds(5);

  private final JobParts parts;
  private final LiveJobs live = new LiveJobs();
  private final JobRunner runner;
  private final Finisher finisher;
  private final Coordinator coordinator;
  private final OwnerDesk desk;
  private final Semaphore queries;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("job-", 0).factory());
  private final Set<Digest> finishing = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Jobs with these parts; nothing runs before {@link #start}. */
  public JobService(JobParts parts) {
    this.parts = parts;
    this.runner = new JobRunner(parts);
    this.finisher = new Finisher(parts);
    this.coordinator = new Coordinator(parts, live);
    this.desk = new OwnerDesk(parts, live, finisher);
    this.queries = new Semaphore(parts.settings().concurrent(), true);
  }

  /**
   * Takes up what an earlier process left: nothing of it can go on, since inputs are not kept, so
   * each job is aborted here if it still can be, and driven to its end in the background.
   */
  public void start() {
    for (JobStore.Entry entry : parts.store().unfinished()) {
      log.info("job {} was left {}; it is driven to its end", entry.jobId(), entry.state());
      finisher.abort(
          entry.jobId(),
          JobOutcome.aborted(
              "job.interrupted", "the node of " + parts.party().self() + " stopped meanwhile"));
      finishInBackground(entry.jobId());
    }
  }

  /**
   * Plans a statement without running it.
   *
   * @return the plan
   * @throws JobException refused
   */
  public JobPlan explain(QueryRequest request) {
    return coordinator.plan(request, parts.salt(32));
  }

  /**
   * Runs one statement and returns when the answer, or why there is none, is known and evidenced as
   * far as the other parties let it be.
   *
   * @param cancel lets another thread end it
   */
  public JobReport query(QueryRequest request, JobListener listener, Cancel cancel) {
    Instant began = parts.clock().instant();
    @Nullable JobPlan plan = null;
    Coordinator.@Nullable Draft draft = null;
    boolean queued = false;
    try {
      queries.acquire();
      queued = true;
      String salt = parts.salt(32);
      listener.progress("plan", 0, 1);
      plan = coordinator.plan(request, salt);
      draft = coordinator.propose(request, plan, salt);
      coordinator.enter(draft);
      listener.proposed(draft.jobId());
      JobRunner.Ran ran = runProposed(draft, request, listener, cancel);
      return report(began, draft.jobId(), plan, ran);
    } catch (JobException e) {
      JobOutcome outcome = e.outcome();
      return new JobReport(
          draft == null ? Optional.empty() : Optional.of(draft.jobId()),
          draft == null
              ? Optional.empty()
              : parts.store().find(draft.jobId()).map(JobStore.Entry::state),
          outcome,
          plan == null ? Optional.empty() : Optional.of(plan.summary()),
          Optional.empty(),
          List.of(),
          0,
          millisSince(began));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for other jobs", e);
    } finally {
      if (queued) {
        queries.release();
      }
    }
  }

  private JobRunner.Ran runProposed(
      Coordinator.Draft draft, QueryRequest request, JobListener listener, Cancel cancel) {
    Digest jobId = draft.jobId();
    cancel.onCancel(() -> cancel(jobId, "the query was cancelled"));
    try {
      listener.progress("accept", 0, 1);
      List<Signed<Acceptance>> acceptances = coordinator.gatherAcceptances(draft);
      listener.progress("reserve", 0, 1);
      coordinator.reserve(draft, acceptances);
      LiveJob job = live.find(jobId).orElseThrow();
      runner.openLanes(job, draft.signed().body().expires());
      listener.progress("start", 0, 1);
      JobRunner.Ran ran =
          coordinator
              .startPeers(draft)
              .map(refusal -> runner.refuse(job, refusal))
              .orElseGet(() -> runner.run(job, request.trace(), listener));
      job.close();
      listener.progress("settle", 0, 1);
      finishSoon(jobId, ran.outcome());
      return ran;
    } catch (JobException e) {
      stop(jobId, e.outcome());
      throw e;
    } catch (RuntimeException e) {
      log.error("job {} failed by a bug of ours", jobId, e);
      stop(jobId, JobOutcome.aborted("internal", "a bug of ours stopped the job"));
      throw e;
    } finally {
      live.find(jobId).ifPresent(LiveJob::close);
    }
  }

  private void stop(Digest jobId, JobOutcome outcome) {
    boolean reservable =
        parts.store().find(jobId).map(JobStore.Entry::state).orElseThrow() != ACCEPTED
            || outcome.kind() != Outcome.REFUSED;
    coordinator.stop(jobId, outcome);
    live.find(jobId).ifPresent(job -> job.cancel(outcome.message()));
    if (!reservable) {
      // The ledger itself said no.
      finisher.closeUnreserved(jobId);
    }
    finishSoon(jobId, outcome);
  }

  private JobReport report(Instant began, Digest jobId, JobPlan plan, JobRunner.Ran ran) {
    return new JobReport(
        Optional.of(jobId),
        parts.store().find(jobId).map(JobStore.Entry::state),
        ran.outcome(),
        Optional.of(plan.summary()),
        ran.result(),
        ran.traffic(),
        ran.rounds(),
        millisSince(began));
  }

  private long millisSince(Instant began) {
    return Duration.between(began, parts.clock().instant()).toMillis();
  }

  /**
   * Aborts a job of this node if nothing was revealed yet.
   *
   * @return whether it is aborted
   */
  public boolean cancel(Digest jobId, String reason) {
    boolean stopped = finisher.abort(jobId, JobOutcome.aborted("job.cancelled", reason));
    if (stopped) {
      live.find(jobId).ifPresent(job -> job.cancel(reason));
    }
    return stopped;
  }

  /** Answers a proposal; see {@link OwnerDesk#propose}. */
  public Signed<Acceptance> propose(String peer, Signed<Proposal> signed, JobContent content) {
    requireOpen();
    try {
      Signed<Acceptance> acceptance = desk.propose(peer, signed, content);
      Digest jobId = acceptance.body().jobId();
      threads.execute(() -> expire(jobId, acceptance.body().expires()));
      return acceptance;
    } catch (JobException e) {
      log.info("proposal of {} refused: {} {}", peer, e.outcome().code(), e.getMessage());
      throw e;
    }
  }

  /** An accepted job that is never started gives its inputs back when it expires. */
  private void expire(Digest jobId, Instant expires) {
    try {
      while (!closed && parts.clock().instant().isBefore(expires)) {
        if (live.find(jobId).isEmpty()) {
          break;
        }
        Thread.sleep(Math.min(1_000, Math.max(1, untilMillis(expires))));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    JobState state = parts.store().find(jobId).map(JobStore.Entry::state).orElseThrow();
    if (state == ACCEPTED) {
      finisher.abort(jobId, JobOutcome.aborted("proposal.expired", "it was never started"));
      live.find(jobId).ifPresent(job -> job.cancel("the proposal expired"));
      finishInBackground(jobId);
    }
  }

  private long untilMillis(Instant time) {
    return Duration.between(parts.clock().instant(), time).toMillis();
  }

  /**
   * Starts a reserved job; returns when its lanes may be opened.
   *
   * @throws JobException refused; with the code {@link Computation#FAILED} the use counts
   */
  public void startJob(String peer, Digest jobId) {
    requireOpen();
    Optional<LiveJob> job = desk.start(peer, jobId, runner);
    job.ifPresent(started -> {
      Optional<JobException> failure = started.computation().failure();
      if (failure.isPresent()) {
        try (started) {
          runner.refuse(started, failure.get());
        }
        finishInBackground(jobId);
        throw failure.get();
      }
      threads.execute(() -> {
        try (started) {
          runner.run(started, Optional.empty(), JobListener.NONE);
        }
        finish(jobId);
      });
    });
  }

  /** Aborts a job and signs that nothing was revealed; see {@link Peers#release}. */
  public Signed<ReleaseStatement> release(String peer, Digest jobId) {
    Signed<ReleaseStatement> statement = desk.release(peer, jobId);
    finishInBackground(jobId);
    return statement;
  }

  /**
   * What this node knows of a job, for a participant of it.
   *
   * @throws JobException refused, for anybody else
   */
  public JobStore.Entry findFor(String peer, Digest jobId) {
    return desk.requireJob(peer, jobId, false);
  }

  /** What this node knows of a job, for its own people. */
  public Optional<JobStore.Entry> find(Digest jobId) {
    return parts.store().find(jobId);
  }

  /** A job's transitions. */
  public List<JobStore.Change> history(Digest jobId) {
    return parts.store().history(jobId);
  }

  /** The first steps here, so that an answer comes with its settlement; the rest in background. */
  private void finishSoon(Digest jobId, JobOutcome outcome) {
    boolean settles =
        outcome.kind() != Outcome.ABORTED
            && parts
                .store()
                .find(jobId)
                .map(JobStore.Entry::state)
                .filter(state -> !state.revealedNothing())
                .isPresent();
    Duration wait = settles ? parts.settings().peerTimeout() : STOPPED_PATIENCE;
    if (!finishUntil(jobId, wait)) {
      finishInBackground(jobId);
    }
  }

  private void finishInBackground(Digest jobId) {
    threads.execute(() -> finish(jobId));
  }

  private void finish(Digest jobId) {
    finishUntil(jobId, Duration.ofDays(365));
  }

  private boolean finishUntil(Digest jobId, Duration patience) {
    if (!finishing.add(jobId)) {
      return false;
    }
    long began = System.nanoTime();
    try {
      Duration pause = FIRST_PAUSE;
      while (!closed) {
        if (tryStep(jobId)) {
          return true;
        }
        if (System.nanoTime() - began > patience.toNanos()) {
          return false;
        }
        Thread.sleep(pause);
        pause =
            pause.multipliedBy(2).compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause.multipliedBy(2);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      finishing.remove(jobId);
    }
  }

  private boolean tryStep(Digest jobId) {
    if (live.find(jobId).isPresent()) {
      // Its own thread is about to end it, with a receipt that knows more.
      return false;
    }
    try {
      return finisher.step(jobId);
    } catch (RuntimeException e) {
      if (!closed) {
        log.warn("job {} cannot be finished yet: {}", jobId, e.getMessage());
      }
      return false;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw JobException.refused("node.stopping", parts.party().self() + " is stopping");
    }
  }

  /** The plan of a job as data, for {@code job show}; empty if this node does not know it. */
  public Optional<JsonObject> planOf(Digest jobId) {
    return parts.store().document(jobId, JobStore.Kind.PLAN, "").map(CanonicalJson::decodeText);
  }

  /** Aborts what runs. What that leaves open is taken up at the next start. */
  @Override
  public void close() {
    closed = true;
    live.cancelAll("the node of " + parts.party().self() + " is stopping");
    threads.shutdownNow();
  }

  /** Lets a caller end a query from another thread. */
  public static final class Cancel {
    private boolean cancelled;
    private @Nullable Runnable action;

    /** Ends the query, now or as soon as it has a job. */
    public void cancel() {
      Runnable run;
      synchronized (this) {
        cancelled = true;
        run = action;
      }
      if (run != null) {
        run.run();
      }
    }

    void onCancel(Runnable run) {
      boolean now;
      synchronized (this) {
        action = run;
        now = cancelled;
      }
      if (now) {
        run.run();
      }
    }
  }
}
