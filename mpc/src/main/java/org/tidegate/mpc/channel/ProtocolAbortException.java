package org.tidegate.mpc.channel;

/**
 * The peer misbehaved: it sent what no honest peer sends. Failures of checks that depend on secrets
 * all read alike.
 */
public class ProtocolAbortException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With the rule that the peer broke. */
  public ProtocolAbortException(String message) {
    super(message);
  }

  /** With the rule that the peer broke, and what showed it. */
  public ProtocolAbortException(String message, Throwable cause) {
    super(message, cause);
  }
}
