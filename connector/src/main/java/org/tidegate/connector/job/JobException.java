package org.tidegate.connector.job;

import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.records.Outcome;

/** A job that was refused or broke off. The message is for people and says what to do. */
public final class JobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient JobOutcome outcome;
  private final boolean useCounts;

  /** A job that ended like this. */
  public JobException(JobOutcome outcome, @Nullable Throwable cause) {
    this(outcome, cause, false);
  }

  private JobException(JobOutcome outcome, @Nullable Throwable cause, boolean useCounts) {
    super(outcome.message(), cause);
    this.outcome = outcome;
    this.useCounts = useCounts;
  }

  /** Somebody said no. */
  public static JobException refused(String code, String message) {
    return new JobException(JobOutcome.refused(code, message), null);
  }

  /**
   * A running protocol ended with a refusal that tells something about the data, such as that a
   * group is too small. Its use counts like an answer's, or the same could be asked without end.
   */
  public static JobException refusedAndUsed(String code, String message) {
    return new JobException(JobOutcome.refused(code, message), null, true);
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

  /** Whether the refusal tells something about the data, so that its use counts. */
  public boolean useCounts() {
    return useCounts;
  }

  @Override
  public String getMessage() {
    return outcome.message();
  }
}
