package org.tidegate.mpc.session;

import java.util.Arrays;
import org.tidegate.mpc.bytes.ConstantTime;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.channel.TranscriptChannel;

/**
 * Frames that say what their sender has sent and received so far, so that whatever was altered on
 * the way between the parties shows before anything more is revealed. tag = H(binding, step, sent,
 * received, message), seen from the sender.
 */
public final class Confirmation {
  /** The length of a tag. */
  public static final int TAG_BYTES = 32;

  private Confirmation() {}

  /**
   * Both send their tag, then compare.
   *
   * @throws ProtocolAbortException if the transcripts differ
   */
  public static void exchange(Session session, Step step) {
    TranscriptChannel.Transcript transcript = session.transcript();
    session.channel().send(step, tag(session, step, own(transcript), new byte[0], 0));
    byte[] expected = tag(session, step, peers(transcript), new byte[0], 0);
    byte[] theirs = session.channel().receive(step, TAG_BYTES);
    check(step, ConstantTime.equal(expected, theirs));
  }

  /** Sends a message with the tag of everything before it and itself. */
  public static void send(Session session, Step step, byte[] message) {
    byte[] tag = tag(session, step, own(session.transcript()), message, message.length);
    byte[] frame = Arrays.copyOf(message, message.length + TAG_BYTES);
    System.arraycopy(tag, 0, frame, message.length, TAG_BYTES);
    session.channel().send(step, frame);
  }

  /**
   * Receives a message of known length, and compares its tag.
   *
   * @throws ProtocolAbortException if the transcripts or the message's length differ
   */
  public static byte[] receive(Session session, Step step, int messageBytes) {
    TranscriptChannel.Transcript transcript = session.transcript();
    byte[] frame = session.channel().receive(step, messageBytes + TAG_BYTES);
    check(step, frame.length == messageBytes + TAG_BYTES);
    byte[] expected = tag(session, step, peers(transcript), frame, messageBytes);
    check(step, ConstantTime.equal(expected, 0, frame, messageBytes, TAG_BYTES));
    return Arrays.copyOf(frame, messageBytes);
  }

  private static byte[][] own(TranscriptChannel.Transcript transcript) {
    return new byte[][] {transcript.sentDigest(), transcript.receivedDigest()};
  }

  private static byte[][] peers(TranscriptChannel.Transcript transcript) {
    return new byte[][] {transcript.receivedDigest(), transcript.sentDigest()};
  }

  private static byte[] tag(
      Session session, Step step, byte[][] sentAndReceived, byte[] message, int messageBytes) {
    return session
        .binding()
        .hash("tidegate.confirm/1")
        .number(step.number())
        .bytes(sentAndReceived[0])
        .bytes(sentAndReceived[1])
        .bytes(message, 0, messageBytes)
        .finish();
  }

  private static void check(Step step, boolean good) {
    if (!good) {
      throw new ProtocolAbortException(
          "step " + step + ": what the parties have sent and received differs");
    }
  }
}
