package org.tidegate.ledger.audit.block;

/** Bytes that are no block, no transaction, or no configuration of ours. */
public final class BlockFormatException extends Exception {
  private static final long serialVersionUID = 1;

  /** With what is wrong and where. */
  public BlockFormatException(String message) {
    super(message);
  }

  /** With what is wrong and where, and what the parser said. */
  public BlockFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
