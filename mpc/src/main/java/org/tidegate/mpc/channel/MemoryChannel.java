package org.tidegate.mpc.channel;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pair of channels inside one process, with the behaviour of the real one: bounded, so that a
 * sender waits for a slow reader, and dead for good after the first error at either end.
 */
public final class MemoryChannel implements Channel {
  private static final int MAX_FRAME_BYTES = 1 << 20;
  private static final int WINDOW_BYTES = 8 << 20;

  private final Link link;
  private final String peer;
  private final Pipe out;
  private final Pipe in;
  private final String lane;
  private final int end;

  private MemoryChannel(Link link, String lane, int end) {
    this.link = link;
    this.lane = lane;
    this.end = end;
    this.peer = link.names[1 - end];
    this.out = link.pipe(lane, end);
    this.in = link.pipe(lane, 1 - end);
  }

  /**
   * Two connected ends.
   *
   * @param first the name of the participant that holds the first end
   * @param second the name of the participant that holds the second
   */
  public static Pair pair(String first, String second) {
    Link link = new Link(first, second);
    return new Pair(new MemoryChannel(link, "", 0), new MemoryChannel(link, "", 1));
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public void send(Step step, byte[] buffer, int offset, int length) {
    if (length > MAX_FRAME_BYTES) {
      throw new IllegalArgumentException(
          "a frame of " + length + " bytes is longer than " + MAX_FRAME_BYTES);
    }
    byte[] payload = Arrays.copyOfRange(buffer, offset, offset + length);
    synchronized (link) {
      link.check();
      out.checkOpen(link.names[end]);
      while (out.bytes > WINDOW_BYTES) {
        link.await();
        out.checkOpen(link.names[end]);
      }
      out.frames.add(new Frame(step, payload));
      out.bytes += length;
      link.notifyAll();
    }
  }

  @Override
  public byte[] receive(Step step, int maxBytes) {
    synchronized (link) {
      link.check();
      while (out.sendersOwnEndClosed || in.frames.isEmpty()) {
        if (out.sendersOwnEndClosed) {
          throw new ChannelException("the channel to " + peer + " was closed here");
        }
        if (in.sendersOwnEndClosed) {
          link.die("the peer ended the channel");
        }
        link.await();
      }
      Frame frame = in.frames.remove();
      in.bytes -= frame.payload.length;
      link.notifyAll();
      if (frame.step.number() != step.number()) {
        throw misbehaved("expected step " + step + ", got step " + frame.step.number());
      }
      if (frame.payload.length > maxBytes) {
        throw misbehaved(
            "step "
                + step
                + ": a frame of "
                + frame.payload.length
                + " bytes, longer than the agreed "
                + maxBytes);
      }
      return frame.payload;
    }
  }

  private ProtocolAbortException misbehaved(String what) {
    link.kill(what);
    return new ProtocolAbortException(peer + ": " + what);
  }

  @Override
  public void flush() {
    synchronized (link) {
      link.check();
    }
  }

  @Override
  public int maxFrameBytes() {
    return MAX_FRAME_BYTES;
  }

  @Override
  public Channel fork(String label) {
    if (!label.matches("[a-z0-9.-]{1,32}")) {
      throw new IllegalArgumentException("a lane's label is 1 to 32 of [a-z0-9.-]: " + label);
    }
    return new MemoryChannel(link, lane + "/" + label, end);
  }

  @Override
  public void abort(String reason) {
    synchronized (link) {
      link.kill(reason);
    }
  }

  @Override
  public void close() {
    synchronized (link) {
      out.sendersOwnEndClosed = true;
      link.notifyAll();
    }
  }

  /**
   * Both ends of a link.
   *
   * @param first held by the first participant; its peer is the second
   * @param second held by the second participant
   */
  public record Pair(Channel first, Channel second) {}

  private record Frame(Step step, byte[] payload) {}

  private static final class Pipe {
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private long bytes;
    private boolean sendersOwnEndClosed;

    private void checkOpen(String owner) {
      if (sendersOwnEndClosed) {
        throw new ChannelException("the channel was closed by " + owner);
      }
    }
  }

  /** What both ends share; its monitor guards everything. */
  private static final class Link {
    private final String[] names;
    private final Map<String, Pipe> pipes = new HashMap<>();
    private @Nullable String death;

    Link(String first, String second) {
      names = new String[] {first, second};
    }

    synchronized Pipe pipe(String lane, int from) {
      return pipes.computeIfAbsent(from + lane, key -> new Pipe());
    }

    synchronized void kill(String reason) {
      if (death == null) {
        death = reason;
      }
      notifyAll();
    }

    synchronized void die(String reason) {
      kill(reason);
      check();
    }

    synchronized void check() {
      if (death != null) {
        throw new ChannelException("the channel is dead: " + death);
      }
    }

    synchronized void await() {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        kill("interrupted");
      }
      check();
    }
  }
}
