package org.tidegate.mpc.oprf;

import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;
import org.tidegate.mpc.session.Session;

/**
 * A list in frames of an agreed number of items each, the last one shorter: both ends know every
 * frame's length before it comes.
 */
public final class ElementFrames {
  private ElementFrames() {}

  /**
   * Makes and sends a list, frame by frame, so that the peer works on one while the next is made.
   *
   * @param items of the whole list
   * @param batch items per frame
   */
  public static void send(Session session, Step step, int items, int batch, FrameMaker maker) {
    for (int from = 0; from < items; from += batch) {
      int to = Math.min(items, from + batch);
      byte[] frame = maker.make(from, to);
      session.channel().send(step, frame);
      session.channel().flush();
      session.progress().at(step.name(), to, items);
    }
  }

  /**
   * Receives a list, frame by frame.
   *
   * @param itemBytes the width of an item
   * @throws ProtocolAbortException if a frame has another length than agreed
   */
  public static void receive(
      Session session, Step step, int items, int itemBytes, int batch, FrameTaker taker) {
    for (int from = 0; from < items; from += batch) {
      int to = Math.min(items, from + batch);
      int bytes = (to - from) * itemBytes;
      byte[] frame = session.channel().receive(step, bytes);
      if (frame.length != bytes) {
        throw new ProtocolAbortException(
            "step "
                + step
                + ": a frame of "
                + frame.length
                + " bytes, where "
                + bytes
                + " were agreed");
      }
      taker.take(from, to, frame);
      session.progress().at(step.name(), to, items);
    }
  }

  /** Makes the payload of the items [from, to). */
  @FunctionalInterface
  public interface FrameMaker {
    /** Gives a payload that the caller may keep. */
    byte[] make(int from, int to);
  }

  /** Takes the payload of the items [from, to). */
  @FunctionalInterface
  public interface FrameTaker {
    /** The payload is the taker's. */
    void take(int from, int to, byte[] frame);
  }
}
