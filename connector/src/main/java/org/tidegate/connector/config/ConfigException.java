package org.tidegate.connector.config;

/**
 * A configuration that cannot be used. The message says which file, line and key, and what fits.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message for the operator, to be printed as it stands; exit code 2
   */
  public ConfigException(String message) {
    super(message);
  }

  /** What is wrong, where, and what to do. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
