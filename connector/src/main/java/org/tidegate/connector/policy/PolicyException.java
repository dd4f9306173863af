package org.tidegate.connector.policy;

/**
 * A job that an owner's grants do not allow. The message names what is missing and who can help.
 */
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code the error code, such as {@code grant.missing}
   */
  public PolicyException(String code, String message) {
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
