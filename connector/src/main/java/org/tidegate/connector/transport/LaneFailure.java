package org.tidegate.connector.transport;

import org.jspecify.annotations.Nullable;

/**
 * Why a lane died. A value rather than an exception: it is made once, by whoever notices first, and
 * thrown to everyone who uses the lane afterwards.
 *
 * @param kind whose doing it was
 * @param message what happened, with peer and lane
 * @param cause what is underneath, if anything
 */
record LaneFailure(Kind kind, String message, @Nullable Throwable cause) {
  /** Whose doing it was. */
  enum Kind {
    /** The connection broke, or the peer went away. */
    NETWORK("channel.broken"),
    /** The time allowed was over. */
    DEADLINE("channel.deadline"),
    /** This side gave up. */
    CANCELLED("channel.cancelled"),
    /** The peer gave up and said why. */
    ABORTED("channel.aborted"),
    /** The peer sent what it must not. */
    MISBEHAVED("channel.misbehaved"),
    /** The lane was used after it was closed. */
    CLOSED("channel.closed");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }
}
