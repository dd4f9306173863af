package org.tidegate.connector.transport;

import org.jspecify.annotations.Nullable;

/**
 * A call to a peer, or this node's own server, failed. The message says what, where, and what to
 * do, and is meant to be printed as it stands.
 */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  /** What kind of failure; {@link #text} is the stable spelling in machine output. */
  public enum Code {
    /** The peer does not answer, or the connection broke. */
    UNREACHABLE("peer.unreachable"),
    /** The peer is not who it should be, or does not believe that we are who we say. */
    UNTRUSTED("peer.untrusted"),
    /** The peer speaks another protocol version. */
    VERSION("peer.version"),
    /** The peer answered too late. */
    DEADLINE("peer.deadline"),
    /** The peer answered with an error of its own. */
    FAILED("peer.failed"),
    /** The port this node should listen on is taken, or may not be listened on. */
    PORT("node.port"),
    /** This node's TLS set-up failed. */
    TLS("node.tls");

    private final String text;

    Code(String text) {
      this.text = text;
    }

    /** The spelling in machine output, e.g. {@code peer.unreachable}. */
    public String text() {
      return text;
    }
  }

  /** A failure with a message for people. */
  public TransportException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What kind of failure. */
  public Code code() {
    return code;
  }
}
