package org.tidegate.connector.job;

/** A node's part in a job. */
public enum JobRole {
  /** Proposed the job, reserves, and receives the result. */
  COORDINATOR,
  /** Owns data, checks for itself, and takes part. */
  OWNER
}
