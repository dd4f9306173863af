package org.tidegate.mpc.session;

import java.time.Duration;

/**
 * What a node, rather than a protocol, decides about a run; none of it changes a byte on the wire.
 *
 * @param workers the process's pool
 * @param kernels the process's kernels
 * @param deadline how long the run may take from now; the channel is aborted then
 * @param cancellation ends the run early
 * @param progress hears how far it is
 */
public record SessionOptions(
    Workers workers,
    Kernels kernels,
    Duration deadline,
    Cancellation cancellation,
    Progress progress) {
  /** Checks that the deadline lies ahead. */
  public SessionOptions {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("the deadline has passed: " + deadline);
    }
  }

  /** Nobody cancels, nobody listens. */
  public static SessionOptions of(Workers workers, Kernels kernels, Duration deadline) {
    return new SessionOptions(workers, kernels, deadline, new Cancellation(), Progress.NONE);
  }
}
