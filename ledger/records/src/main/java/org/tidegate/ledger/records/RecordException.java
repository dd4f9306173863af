package org.tidegate.ledger.records;

/**
 * Bytes or values that are not a valid record. The message says which field, what stands there and
 * what is expected; it carries no more than a short excerpt of the offending value.
 */
public final class RecordException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, where, and what is expected
   */
  public RecordException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong, where, and what is expected
   * @param cause the failure underneath
   */
  public RecordException(String message, Throwable cause) {
    super(message, cause);
  }

  /** At most 80 characters of {@code value}, for messages. */
  static String excerpt(String value) {
    return value.length() <= 80 ? value : value.substring(0, 77) + "...";
  }
}
