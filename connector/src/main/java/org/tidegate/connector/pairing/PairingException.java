package org.tidegate.connector.pairing;

/** The two sides did not come together. The message is meant to be printed as it stands. */
public final class PairingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code for machines, such as {@code peer.untrusted}
   * @param message what is wrong, where, what to do
   */
  public PairingException(String code, String message, Throwable cause) {
    super(message, cause);
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
