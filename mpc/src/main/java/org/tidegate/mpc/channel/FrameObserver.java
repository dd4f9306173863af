package org.tidegate.mpc.channel;

/** Sees every frame of a lane. */
@FunctionalInterface
public interface FrameObserver {
  /**
   * Called after a frame was accepted for sending, or was received.
   *
   * @param direction seen from this end
   * @param buffer borrowed until the call returns; must not be changed
   */
  void frame(Direction direction, Step step, byte[] buffer, int offset, int length);

  /** Which way a frame goes. */
  enum Direction {
    /** To the peer. */
    SENT,
    /** From the peer. */
    RECEIVED
  }
}
