package org.tidegate.mpc.channel;

/**
 * An ordered, reliable, authenticated pipe to exactly one peer.
 *
 * <p>Used by one thread at a time. Any error kills the channel for good: every later call throws
 * {@link ChannelException} with the first cause. Deadline and cancellation belong to the session,
 * which ends a channel by {@link #abort}.
 */
public interface Channel extends AutoCloseable {
  /** The participant at the other end. */
  String peer();

  /**
   * Sends one frame. The buffer is borrowed until the call returns; what was sent may wait for
   * {@link #flush}.
   *
   * @param length bytes, 0 to {@link #maxFrameBytes}
   * @throws ChannelException if the channel is dead or dies
   */
  void send(Step step, byte[] buffer, int offset, int length);

  /** Sends the whole of {@code payload} as one frame. */
  default void send(Step step, byte[] payload) {
    send(step, payload, 0, payload.length);
  }

  /**
   * Flushes, then waits for the next frame.
   *
   * @param maxBytes the longest payload that the protocol's parameters allow here; a longer one is
   *     refused before it is allocated
   * @return the payload, owned by the caller
   * @throws ProtocolAbortException if the frame carries another step or is too long; the channel is
   *     dead then
   * @throws ChannelException if the channel is dead or dies
   */
  byte[] receive(Step step, int maxBytes);

  /** Hands all sent frames to the network. */
  void flush();

  /** The longest payload of one frame, in bytes; the same at both ends. */
  int maxFrameBytes();

  /**
   * An independent lane to the same peer. Both ends fork by the same labels.
   *
   * @param label 1 to 32 of {@code [a-z0-9.-]}
   */
  Channel fork(String label);

  /** Kills the channel and tells the peer why. Safe from any thread; does nothing on a dead one. */
  void abort(String reason);

  /** Flushes and ends this lane. */
  @Override
  void close();
}
