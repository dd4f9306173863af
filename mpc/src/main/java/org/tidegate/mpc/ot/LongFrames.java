package org.tidegate.mpc.ot;

import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;

/** Byte strings of an agreed length, in as few frames as the channel allows. */
public final class LongFrames {
  private LongFrames() {}

  /** Sends all bytes; nothing if there are none. */
  public static void send(Channel channel, Step step, byte[] bytes) {
    int most = channel.maxFrameBytes();
    for (int from = 0; from < bytes.length; from += most) {
      channel.send(step, bytes, from, Math.min(most, bytes.length - from));
    }
  }

  /**
   * Receives what {@link #send} sent.
   *
   * @param length the agreed length
   * @throws ProtocolAbortException if a frame is shorter or longer
   */
  public static byte[] receive(Channel channel, Step step, int length) {
    int most = channel.maxFrameBytes();
    if (length > 0 && length <= most) {
      return exactly(channel, step, length);
    }
    byte[] bytes = new byte[length];
    for (int from = 0; from < length; from += most) {
      int expected = Math.min(most, length - from);
      System.arraycopy(exactly(channel, step, expected), 0, bytes, from, expected);
    }
    return bytes;
  }

  private static byte[] exactly(Channel channel, Step step, int length) {
    byte[] frame = channel.receive(step, length);
    if (frame.length != length) {
      throw new ProtocolAbortException(
          "step %s: a frame of %d bytes, not of the agreed %d"
              .formatted(step, frame.length, length));
    }
    return frame;
  }
}
