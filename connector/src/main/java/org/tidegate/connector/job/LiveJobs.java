package org.tidegate.connector.job;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tidegate.ledger.records.Digest;

/** The jobs this process holds inputs for. A job that is closed leaves by itself. */
final class LiveJobs {
  private final ConcurrentHashMap<Digest, LiveJob> jobs = new ConcurrentHashMap<>();

  /**
   * Takes a job in.
   *
   * @param onClose called once, when its inputs are forgotten
   */
  LiveJob add(Digest jobId, JobPlan plan, Computation computation, Runnable onClose) {
    LiveJob job =
        new LiveJob(
            jobId,
            plan,
            computation,
            closed -> {
              jobs.remove(jobId, closed);
              onClose.run();
            });
    jobs.put(jobId, job);
    return job;
  }

  Optional<LiveJob> find(Digest jobId) {
    return Optional.ofNullable(jobs.get(jobId));
  }

  /** Cancels all. */
  void cancelAll(String reason) {
    List.copyOf(jobs.values()).forEach(job -> job.cancel(reason));
  }
}
