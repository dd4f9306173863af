package org.tidegate.ledger.embedded;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.LinkedBlockingQueue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.jspecify.annotations.Nullable;

/**
 * One Deliver call as a blocking iterator: the next response is asked for when the one before has
 * been dealt with, so a long chain does not pile up in memory.
 */
final class DeliverCall extends ClientCall.Listener<DeliverResponse>
    implements Iterator<DeliverResponse> {
  private sealed interface Event {}

  private record Response(DeliverResponse value) implements Event {}

  private record End(Status status) implements Event {}

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final ClientCall<Envelope, DeliverResponse> call;
  private @Nullable Event next;

  private DeliverCall(ClientCall<Envelope, DeliverResponse> call) {
    this.call = call;
  }

  /**
   * Opens the call in the current context, whose cancellation ends it.
   *
   * @return blocking; throws StatusRuntimeException when the call breaks
   */
  static Iterator<DeliverResponse> open(Channel channel, Envelope seek) {
    ClientCall<Envelope, DeliverResponse> call =
        channel.newCall(AtomicBroadcastGrpc.getDeliverMethod(), CallOptions.DEFAULT);
    DeliverCall responses = new DeliverCall(call);
    call.start(responses, new Metadata());
    call.request(1);
    call.sendMessage(seek);
    call.halfClose();
    return responses;
  }

  @Override
  public void onMessage(DeliverResponse message) {
    events.add(new Response(message));
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    events.add(new End(status));
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        next = events.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        call.cancel("interrupted", e);
        throw Status.CANCELLED.withCause(e).asRuntimeException();
      }
    }
    return switch (next) {
      case Response response -> true;
      case End end -> {
        if (!end.status().isOk()) {
          throw new StatusRuntimeException(end.status());
        }
        yield false;
      }
    };
  }

  @Override
  public DeliverResponse next() {
    if (!hasNext() || !(next instanceof Response response)) {
      throw new NoSuchElementException();
    }
    next = null;
    call.request(1);
    return response.value();
  }
}
