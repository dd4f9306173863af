package org.tidegate.ledger.audit;

/** What was given to audit cannot be read at all; the message says which file and what to do. */
public final class AuditInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which file, what is wrong with it, what to do
   */
  public AuditInputException(String message) {
    super(message);
  }

  /**
   * @param message which file, what is wrong with it, what to do
   * @param cause the failure underneath
   */
  public AuditInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
