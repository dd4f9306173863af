package org.tidegate.ledger.embedded;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;

/** One Broadcast call: answers come in the order of the envelopes. */
final class BroadcastObserver implements StreamObserver<Envelope> {
  private final Orderer orderer;
  private final StreamObserver<BroadcastResponse> out;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  BroadcastObserver(Orderer orderer, StreamObserver<BroadcastResponse> out) {
    this.orderer = orderer;
    this.out = out;
  }

  @Override
  public void onNext(Envelope envelope) {
    last =
        last.thenCombine(
            orderer.broadcast(envelope),
            (before, answer) -> {
              answer(answer);
              return null;
            });
  }

  private void answer(BroadcastResponse answer) {
    try {
      out.onNext(answer);
    } catch (StatusRuntimeException | IllegalStateException gone) {
      // The submitter hung up; its transaction stands nevertheless.
    }
  }

  @Override
  public void onError(Throwable error) {
    // Nothing to free: what was taken is being ordered.
  }

  @Override
  public void onCompleted() {
    last.thenRun(out::onCompleted);
  }
}
