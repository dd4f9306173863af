package org.tidegate.connector.transport;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.transport.LaneFailure.Kind;
import org.tidegate.connector.transport.WireFrame.Aborted;
import org.tidegate.connector.transport.WireFrame.Data;
import org.tidegate.connector.transport.WireFrame.Malformed;
import org.tidegate.connector.transport.WireFrame.Opened;
import org.tidegate.connector.transport.WireFrame.Opening;
import org.tidegate.proto.channel.v1.Open;

/** The end of a lane that opened it: a gRPC call. */
final class ClientLane extends ClientCall.Listener<WireFrame> implements LanePipe.Wire {
  private final ClientCall<WireFrame, WireFrame> call;
  private final ScheduledExecutorService timer;
  private final String peer;
  private final LanePipe pipe;
  private final CompletableFuture<LanePipe> opening = new CompletableFuture<>();
  private boolean halfClosed;

  private ClientLane(
      ClientCall<WireFrame, WireFrame> call,
      ScheduledExecutorService timer,
      String peer,
      String name,
      Deadline deadline) {
    this.call = call;
    this.timer = timer;
    this.peer = peer;
    this.pipe = new LanePipe(name, this, deadline);
  }

  /**
   * Starts to open a lane.
   *
   * @return done with the lane once the peer agreed, or with a {@link RefusedException}
   */
  static CompletableFuture<LanePipe> open(
      Channel channel,
      Open open,
      String peer,
      String name,
      Deadline deadline,
      ScheduledExecutorService timer) {
    CallOptions options =
        CallOptions.DEFAULT
            .withExecutor(Runnable::run)
            .withOnReadyThreshold(LaneWire.SEND_AHEAD_BYTES)
            .withMaxInboundMessageSize(WireFrame.MAX_ENCODED_BYTES);
    ClientLane lane =
        new ClientLane(channel.newCall(LaneWire.METHOD, options), timer, peer, name, deadline);
    lane.call.start(lane, new Metadata());
    lane.call.request(1 + LanePipe.WINDOW_FRAMES);
    lane.call.sendMessage(new Opening(open));
    lane.opening.whenComplete((pipe, failure) -> {
      if (lane.opening.isCancelled()) {
        lane.call.cancel("nobody waits for this lane any longer", null);
      }
    });
    return lane.opening;
  }

  /** The peer, or the way to it, did not let the lane be opened. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    RefusedException(Status status) {
      super(status.getDescription(), status.getCause());
      this.status = status;
    }

    Status status() {
      return status;
    }
  }

  @Override
  public void onMessage(WireFrame frame) {
    if (!opening.isDone()) {
      if (frame instanceof Opened) {
        opening.complete(pipe);
      } else {
        call.cancel("the peer's first frame did not say that the lane is open", null);
      }
      return;
    }
    switch (frame) {
      case Data data -> pipe.onData(data);
      case Aborted aborted -> pipe.onPeerAbort(aborted.reason());
      case Malformed malformed -> pipe.onMisbehaviour(malformed.reason());
      case Opening again -> pipe.onMisbehaviour("an opening frame arrived on an open lane");
      case Opened again -> pipe.onMisbehaviour("an opening frame arrived on an open lane");
    }
  }

  @Override
  public void onReady() {
    pipe.onReady();
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (opening.completeExceptionally(new RefusedException(status))) {
      return;
    }
    if (status.isOk()) {
      pipe.onPeerFinished();
    } else if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
      pipe.onMisbehaviour("a frame larger than " + WireFrame.MAX_ENCODED_BYTES + " bytes arrived");
    } else {
      pipe.onBroken(Kind.NETWORK, LaneWire.broken(pipe.name(), peer, status), status.getCause());
    }
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void send(WireFrame frame) {
    call.sendMessage(frame);
  }

  @Override
  public void request(int frames) {
    call.request(frames);
  }

  @Override
  public void finish() {
    halfClosed = true;
    call.halfClose();
    // The peer answers with a status once it is done as well; it need not take for ever.
    cancelLater("the peer did not close the lane", LaneWire.CLOSE_GRACE_SECONDS);
  }

  @Override
  public void abort(String reason) {
    if (reason.isEmpty() || halfClosed) {
      call.cancel(reason.isEmpty() ? "the lane is dead" : reason, null);
      return;
    }
    halfClosed = true;
    call.sendMessage(new Aborted(reason));
    call.halfClose();
    // A peer that does not read would never see the reason: it gets a reset instead.
    cancelLater(reason, LaneWire.ABORT_GRACE_SECONDS);
  }

  private void cancelLater(@Nullable String reason, long seconds) {
    var unused = timer.schedule(() -> call.cancel(reason, null), seconds, TimeUnit.SECONDS);
  }
}
