package org.tidegate.connector.job;

import org.tidegate.ledger.records.Digest;

/** Hears how far a job is. Called from the job's threads; must return quickly. */
public interface JobListener {
  /** Hears nothing. */
  JobListener NONE = new JobListener() {};

  /** The job has an id now. */
  default void proposed(Digest jobId) {}

  /**
   * Some items of a phase are done.
   *
   * @param phase its name, such as {@code propose}
   * @param done items so far
   * @param total items of the phase
   */
  default void progress(String phase, long done, long total) {}
}
