package org.tidegate.connector.psi;

/**
 * A file, a column or an option that the intersection cannot work with: what, where, what to do.
 */
public final class PsiInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code for machines, such as {@code psi.column}
   * @param message for people
   */
  public PsiInputException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The error code. */
  public String code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
