package org.tidegate.connector.source;

/** A file is missing or not what its description says. The message says what, where, what to do. */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * @param code {@code source.missing}, {@code source.schema}, {@code source.value}, {@code
   *     source.key}, {@code source.changed}, {@code source.range}, {@code source.failed}, {@code
   *     data.tooLarge}
   * @param message what, where, what to do
   */
  public SourceException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The same, with what showed it. */
  public SourceException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The code, for machines. */
  public String code() {
    return code;
  }
}
