package org.tidegate.ledger.client;

/**
 * A ledger call that did not do what was asked.
 *
 * <p>A code of the contract ({@code grant.*}, {@code plan.mismatch}, most {@code ledger.*}) means:
 * the ledger refused, nothing changed. {@code ledger.unreachable}, {@code ledger.timeout} and
 * {@code ledger.conflict} mean: not done for now. {@code ledger.unknownOutcome} means: it may have
 * happened; look the job up before trying again.
 */
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean retryable;

  /**
   * @param code the error code, such as {@code grant.exhausted}
   * @param message what was wrong, where, and what to do
   * @param retryable whether the same call may succeed later
   */
  public LedgerException(String code, String message, boolean retryable) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }

  /**
   * @param code the error code
   * @param message what was wrong, where, and what to do
   * @param retryable whether the same call may succeed later
   * @param cause the failure underneath
   */
  public LedgerException(String code, String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryable = retryable;
  }

  /** The error code; see {@link org.tidegate.ledger.records.LedgerCodes}. */
  public String code() {
    return code;
  }

  /** What was wrong, where, and what to do. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** Whether the same call may succeed later. */
  public boolean retryable() {
    return retryable;
  }
}
