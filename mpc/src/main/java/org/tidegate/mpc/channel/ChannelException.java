package org.tidegate.mpc.channel;

/** The network or the peer's process failed: the channel is dead for good. */
public class ChannelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what happened, and to which peer. */
  public ChannelException(String message) {
    super(message);
  }

  /** With what happened, and why. */
  public ChannelException(String message, Throwable cause) {
    super(message, cause);
  }
}
