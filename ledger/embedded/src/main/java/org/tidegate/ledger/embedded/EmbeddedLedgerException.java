package org.tidegate.ledger.embedded;

/** The ledger cannot be opened or written: what, where, and what to do. */
public final class EmbeddedLedgerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what is wrong, where, and what to do. */
  public EmbeddedLedgerException(String message) {
    super(message);
  }

  /** With what is wrong, where, and what to do, and the cause. */
  public EmbeddedLedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
