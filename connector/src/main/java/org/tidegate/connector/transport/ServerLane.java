package org.tidegate.connector.transport;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.PeerIdentity;
import org.tidegate.connector.transport.LaneFailure.Kind;
import org.tidegate.connector.transport.WireFrame.Aborted;
import org.tidegate.connector.transport.WireFrame.Data;
import org.tidegate.connector.transport.WireFrame.Malformed;
import org.tidegate.connector.transport.WireFrame.Opened;
import org.tidegate.connector.transport.WireFrame.Opening;

/** The end of a lane that was called: a gRPC call on the server. */
final class ServerLane extends ServerCall.Listener<WireFrame> implements LanePipe.Wire {
  private final ServerCall<WireFrame, WireFrame> call;
  private final PeerIdentity peer;
  private final LaneRegistry registry;
  private final ScheduledExecutorService timer;
  private final Object ending = new Object();
  private @Nullable ScheduledFuture<?> silence;
  private volatile @Nullable LanePipe pipe;
  private boolean peerFinished;
  private boolean finished;
  private boolean closed;

  private ServerLane(
      ServerCall<WireFrame, WireFrame> call,
      PeerIdentity peer,
      LaneRegistry registry,
      ScheduledExecutorService timer) {
    this.call = call;
    this.peer = peer;
    this.registry = registry;
    this.timer = timer;
  }

  /** Takes a call; nothing is believed before its first frame. */
  static ServerLane start(
      ServerCall<WireFrame, WireFrame> call,
      PeerIdentity peer,
      LaneRegistry registry,
      ScheduledExecutorService timer) {
    ServerLane lane = new ServerLane(call, peer, registry, timer);
    call.setOnReadyThreshold(LaneWire.SEND_AHEAD_BYTES);
    call.request(1);
    lane.silence =
        timer.schedule(lane::refuseSilence, LaneWire.CLOSE_GRACE_SECONDS, TimeUnit.SECONDS);
    return lane;
  }

  private void refuseSilence() {
    if (pipe == null) {
      end(Status.DEADLINE_EXCEEDED.withDescription("no opening frame arrived"));
    }
  }

  @Override
  public void onMessage(WireFrame frame) {
    LanePipe open = pipe;
    if (open == null) {
      if (silence != null) {
        silence.cancel(false);
      }
      if (frame instanceof Opening opening) {
        open(opening);
      } else {
        end(Status.INVALID_ARGUMENT.withDescription("the first frame did not open a lane"));
      }
      return;
    }
    switch (frame) {
      case Data data -> open.onData(data);
      case Aborted aborted -> open.onPeerAbort(aborted.reason());
      case Malformed malformed -> open.onMisbehaviour(malformed.reason());
      case Opening again -> open.onMisbehaviour("an opening frame arrived on an open lane");
      case Opened again -> open.onMisbehaviour("an opening frame arrived on an open lane");
    }
  }

  private void open(Opening opening) {
    LaneRegistry.Arrival arrival = registry.arrive(peer.participant(), opening.open(), this);
    switch (arrival) {
      case LaneRegistry.Arrival.Refused refused -> end(refused.status());
      case LaneRegistry.Arrival.Admitted admitted -> {
        pipe = admitted.pipe();
        call.sendHeaders(new Metadata());
        call.sendMessage(new Opened(ProtocolVersion.CURRENT));
        call.request(LanePipe.WINDOW_FRAMES);
        admitted.ready().run();
      }
    }
  }

  @Override
  public void onReady() {
    LanePipe open = pipe;
    if (open != null) {
      open.onReady();
    }
  }

  @Override
  public void onHalfClose() {
    LanePipe open = pipe;
    boolean done;
    synchronized (ending) {
      peerFinished = true;
      done = finished;
    }
    if (open == null) {
      end(Status.INVALID_ARGUMENT.withDescription("no frame opened a lane"));
    } else if (done) {
      end(Status.OK);
    } else {
      open.onPeerFinished();
    }
  }

  @Override
  public void onCancel() {
    LanePipe open = pipe;
    synchronized (ending) {
      closed = true;
    }
    if (open != null) {
      open.onBroken(
          Kind.NETWORK,
          LaneWire.broken(
              open.name(), peer.participant(), Status.CANCELLED.withDescription("reset by peer")),
          null);
    }
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void send(WireFrame frame) {
    synchronized (ending) {
      if (!closed) {
        call.sendMessage(frame);
      }
    }
  }

  @Override
  public void request(int frames) {
    call.request(frames);
  }

  @Override
  public void finish() {
    boolean done;
    synchronized (ending) {
      finished = true;
      done = peerFinished;
    }
    if (done) {
      end(Status.OK);
    } else {
      // What the peer sends after this is read by nobody; it closes when it is done as well.
      call.request(Integer.MAX_VALUE);
      var unused =
          timer.schedule(() -> end(Status.OK), LaneWire.CLOSE_GRACE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void abort(String reason) {
    if (!reason.isEmpty()) {
      send(new Aborted(reason));
    }
    end(Status.ABORTED.withDescription(reason.isEmpty() ? "the lane is dead" : reason));
  }

  private void end(Status status) {
    synchronized (ending) {
      if (!closed) {
        closed = true;
        call.close(status, new Metadata());
      }
    }
  }
}
