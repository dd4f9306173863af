package org.tidegate.connector.transport;

import java.util.Objects;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.mpc.channel.ProtocolAbortException;
import org.tidegate.mpc.channel.Step;

/**
 * A protocol's channel over one HTTP/2 stream. A frame is at most 1 MiB; longer messages are the
 * protocol's to cut. Sent frames are handed to the network at once, so flushing has nothing left to
 * do.
 */
final class GrpcChannel implements Channel {
  private final JobLanes job;
  private final String peer;
  private final String path;
  private final boolean opener;
  private final LanePipe pipe;
  private boolean misbehaviourReported;

  GrpcChannel(JobLanes job, String peer, String path, boolean opener, LanePipe pipe) {
    this.job = job;
    this.peer = peer;
    this.path = path;
    this.opener = opener;
    this.pipe = pipe;
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public void send(Step step, byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length > WireFrame.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a frame of " + length + " bytes; at most " + WireFrame.MAX_PAYLOAD_BYTES + " fit");
    }
    try {
      pipe.send(step.number(), buffer, offset, length);
    } catch (LaneDeadException e) {
      throw translate(e);
    }
  }

  @Override
  public byte[] receive(Step step, int maxBytes) {
    try {
      return pipe.receive(step, maxBytes);
    } catch (LaneDeadException e) {
      throw translate(e);
    }
  }

  @Override
  public void flush() {
    LaneFailure failure = pipe.failure();
    if (failure != null) {
      throw translate(new LaneDeadException(failure));
    }
  }

  @Override
  public int maxFrameBytes() {
    return WireFrame.MAX_PAYLOAD_BYTES;
  }

  @Override
  public Channel fork(String label) {
    String fork = LanePath.fork(path, label);
    LaneFailure failure = pipe.failure();
    if (failure != null) {
      throw translate(new LaneDeadException(failure));
    }
    return opener ? job.open(peer, fork) : job.accept(peer, fork);
  }

  @Override
  public void abort(String reason) {
    pipe.abort(reason);
  }

  @Override
  public void close() {
    pipe.close();
  }

  /** The lane and its peer, for messages. */
  @Override
  public String toString() {
    return pipe.name();
  }

  /** Misbehaviour is told as such once; afterwards the channel is simply dead of it. */
  private RuntimeException translate(LaneDeadException e) {
    if (e.failure().kind() == LaneFailure.Kind.MISBEHAVED && !misbehaviourReported) {
      misbehaviourReported = true;
      return new ProtocolAbortException(e.failure().message(), e);
    }
    return new ChannelException(e.failure().message(), e);
  }
}
