package org.tidegate.connector.job;

import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.records.Outcome;

/** A job that was refused or broke off. The message is for people and says what to do. */
public final class JobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient JobOutcome outcome;

  /** A job that ended like this. */
  public JobException(JobOutcome outcome, @Nullable Throwable cause) {
    super(outcome.message(), cause);
    this.outcome = outcome;
  }

  /** Somebody said no. */
  public static JobException refused(String code, String message) {
    return new JobException(JobOutcome.refused(code, message), null);
  }

  /** It broke off. */
  public static JobException aborted(String code, String message, @Nullable Throwable cause) {
    return new JobException(JobOutcome.aborted(code, message), cause);
  }

  /** How it ended. */
  public JobOutcome outcome() {
    return outcome;
  }

  /** Whether somebody said no. */
  public boolean isRefusal() {
    return outcome.kind() == Outcome.REFUSED;
  }

  @Override
  public String getMessage() {
    return outcome.message();
  }
}
