package org.tidegate.connector.transport;

import io.grpc.Deadline;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.transport.LaneFailure.Kind;
import org.tidegate.connector.transport.WireFrame.Data;
import org.tidegate.mpc.channel.Step;

/**
 * Both directions of one lane, between the network's threads, which never block here, and the
 * protocol's, which do.
 *
 * <p>Inbound, at most {@value #WINDOW_FRAMES} frames wait: the network is asked for one more only
 * when one is taken, so a slow reader stops its peer. Outbound, a frame is handed over only while
 * the network is ready for more, and is copied into its buffers before {@link #send} returns.
 *
 * <p>Frames are numbered in each direction, so none can be lost, doubled or swapped unnoticed. The
 * first failure is final.
 */
final class LanePipe {
  /** Frames that may wait for the protocol, each up to {@link WireFrame#MAX_PAYLOAD_BYTES}. */
  static final int WINDOW_FRAMES = 8;

  /** The network's side of a lane. Every method returns at once. */
  interface Wire {
    /** Whether a frame would be taken without piling up. */
    boolean isReady();

    /**
     * Sends a frame; its bytes are copied before this returns, if {@link #isReady} was true before.
     */
    void send(WireFrame frame);

    /** Allows the peer so many frames more. */
    void request(int frames);

    /** Nothing more will be sent; everything sent arrives. */
    void finish();

    /** Tells the peer why the lane died, as far as it still listens, and lets go of everything. */
    void abort(String reason);
  }

  private final String name;
  private final Wire wire;
  private final Deadline deadline;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition writable = lock.newCondition();
  private final ArrayDeque<Data> inbound = new ArrayDeque<>(WINDOW_FRAMES);
  private @Nullable LaneFailure failure;
  private boolean peerFinished;
  private boolean finished;
  private int taken;
  private long nextArrival;
  private long nextDeparture;

  /**
   * A lane over an open wire.
   *
   * @param name for messages: "lane leg0 with tax"
   */
  LanePipe(String name, Wire wire, Deadline deadline) {
    this.name = name;
    this.wire = wire;
    this.deadline = deadline;
  }

  String name() {
    return name;
  }

  // The protocol's side.

  /** Sends a frame; the array is the caller's again when this returns. */
  void send(int step, byte[] payload, int offset, int length) {
    lock.lock();
    try {
      requireUsable();
      while (!wire.isReady()) {
        await(writable, "sending");
        requireUsable();
      }
      wire.send(new Data(step, nextDeparture++, payload, offset, length));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Receives the next frame's payload, which must be of this step and at most so long. The array is
   * the caller's.
   *
   * @throws LaneDeadException if the lane is or becomes dead
   */
  byte[] receive(Step step, int maxBytes) {
    Data frame = take();
    if (frame.step() != step.number()) {
      throw misbehaved("step " + frame.step() + " arrived where step " + step + " is due");
    }
    if (frame.length() > maxBytes) {
      throw misbehaved(
          "a payload of "
              + frame.length()
              + " bytes arrived where at most "
              + maxBytes
              + " are due");
    }
    return frame.payload();
  }

  private Data take() {
    lock.lock();
    try {
      while (inbound.isEmpty()) {
        requireUsable();
        if (peerFinished) {
          throw die(Kind.NETWORK, "the peer closed " + name + " while more was expected", false);
        }
        await(arrived, "waiting");
      }
      requireUsable();
      Data frame = inbound.remove();
      if (++taken == WINDOW_FRAMES / 2) {
        // Asking costs a hop to the network's thread: ask for half a window at a time.
        wire.request(taken);
        taken = 0;
      }
      return frame;
    } finally {
      lock.unlock();
    }
  }

  /** Ends this side in order: what was sent arrives; nothing more can be sent or received. */
  void close() {
    lock.lock();
    try {
      if (failure == null && !finished) {
        finished = true;
        inbound.clear();
        wire.finish();
        arrived.signalAll();
        writable.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives up: the peer is told why, and every use on either side fails from now on. */
  void abort(String reason) {
    fail(new LaneFailure(Kind.CANCELLED, name + " was given up: " + reason, null), true, reason);
  }

  /** Why the lane died, or null while it lives. */
  @Nullable LaneFailure failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  // The network's side.

  void onData(Data frame) {
    lock.lock();
    try {
      if (failure != null || finished) {
        return;
      }
      String wrong = null;
      if (frame.sequence() != nextArrival) {
        wrong = "frame " + frame.sequence() + " arrived where frame " + nextArrival + " is due";
      } else if (inbound.size() >= WINDOW_FRAMES) {
        wrong = "more frames arrived than were asked for";
      }
      if (wrong != null) {
        misbehaved(wrong);
        return;
      }
      nextArrival++;
      inbound.add(frame);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  void onReady() {
    lock.lock();
    try {
      writable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The peer will send nothing more; what it sent can still be received. */
  void onPeerFinished() {
    lock.lock();
    try {
      peerFinished = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The peer sent something that is no frame, or none that may come now. */
  void onMisbehaviour(String what) {
    misbehaved(what);
  }

  void onPeerAbort(String reason) {
    fail(
        new LaneFailure(Kind.ABORTED, "the peer gave up " + name + ": " + reason, null),
        true,
        "as you did");
  }

  void onBroken(Kind kind, String message, @Nullable Throwable cause) {
    fail(new LaneFailure(kind, message, cause), false, message);
  }

  // Failures.

  private LaneDeadException misbehaved(String what) {
    return die(Kind.MISBEHAVED, "the peer misbehaved on " + name + ": " + what, true);
  }

  private LaneDeadException die(Kind kind, String message, boolean tellPeer) {
    return new LaneDeadException(fail(new LaneFailure(kind, message, null), tellPeer, message));
  }

  /** Records the failure unless there was one before; returns the one that counts. */
  private LaneFailure fail(LaneFailure why, boolean tellPeer, String reason) {
    lock.lock();
    try {
      if (failure != null) {
        return failure;
      }
      if (finished && why.kind() != Kind.MISBEHAVED) {
        // Closed in order: what happens to the connection afterwards is nobody's failure.
        return why;
      }
      failure = why;
      inbound.clear();
      arrived.signalAll();
      writable.signalAll();
      wire.abort(tellPeer ? reason : "");
      return why;
    } finally {
      lock.unlock();
    }
  }

  private void requireUsable() {
    LaneFailure why = failure;
    if (why != null) {
      throw new LaneDeadException(why);
    }
    if (finished) {
      throw new LaneDeadException(new LaneFailure(Kind.CLOSED, name + " is closed", null));
    }
  }

  private void await(Condition condition, String doing) {
    long left = deadline.timeRemaining(TimeUnit.NANOSECONDS);
    if (left <= 0) {
      throw die(Kind.DEADLINE, "the time allowed was over while " + doing + " on " + name, true);
    }
    try {
      long unused = condition.awaitNanos(left);
    } catch (InterruptedException e) {
      LaneFailure why =
          fail(
              new LaneFailure(Kind.CANCELLED, name + " was cancelled on this side", e),
              true,
              "cancelled");
      Thread.currentThread().interrupt();
      throw new LaneDeadException(why);
    }
  }
}
