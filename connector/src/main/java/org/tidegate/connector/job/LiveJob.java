package org.tidegate.connector.job;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.records.Digest;

/**
 * A job this process holds inputs for. After a restart there is none: inputs are not kept, so a job
 * that had not ended is aborted or settled, never resumed. Safe for use by several threads.
 */
final class LiveJob implements AutoCloseable {
  private final Digest jobId;
  private final JobPlan plan;
  private final Computation computation;
  private final Consumer<LiveJob> onClose;
  private @Nullable Lanes lanes;
  private @Nullable String cancelled;
  private boolean running;
  private boolean closed;

  /**
   * @param onClose called once, when the inputs are forgotten
   */
  LiveJob(Digest jobId, JobPlan plan, Computation computation, Consumer<LiveJob> onClose) {
    this.jobId = jobId;
    this.plan = plan;
    this.computation = computation;
    this.onClose = onClose;
  }

  Digest jobId() {
    return jobId;
  }

  JobPlan plan() {
    return plan;
  }

  Computation computation() {
    return computation;
  }

  /** Gives the job its lanes, which a cancellation that came before kills at once. */
  synchronized void attach(Lanes opened) {
    lanes = opened;
    if (cancelled != null || closed) {
      opened.abort(cancelled == null ? "the job is over" : cancelled);
    }
  }

  synchronized @Nullable Lanes lanes() {
    return lanes;
  }

  /** Whether the protocol may run: not if it was cancelled. From now on its thread closes it. */
  synchronized boolean begin() {
    running = cancelled == null && !closed;
    return running;
  }

  /**
   * Kills the lanes, so that a protocol that runs ends; forgets the inputs of one that does not.
   */
  void cancel(String reason) {
    boolean idle;
    synchronized (this) {
      if (cancelled != null) {
        return;
      }
      cancelled = reason;
      idle = !running;
      if (lanes != null) {
        lanes.abort(reason);
      }
    }
    if (idle) {
      close();
    }
  }

  synchronized @Nullable String cancelled() {
    return cancelled;
  }

  /** Forgets inputs and lanes. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (lanes != null) {
        lanes.close();
      }
    }
    computation.close();
    onClose.accept(this);
  }
}
