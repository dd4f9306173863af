package org.tidegate.mpc.security;

/** A parameter lies outside what is secure; the message says which, its bounds and what to set. */
public final class InsecureParameterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** With the parameter, its value, its bounds and what to set. */
  public InsecureParameterException(String message) {
    super(message);
  }
}
