package org.tidegate.ledger.embedded;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.jspecify.annotations.Nullable;

/** Hands transactions to the orderer: this node's own, or that of another over the network. */
final class OrdererClient {
  private static final long TIMEOUT_SECONDS = 30;

  private final LedgerSettings settings;
  private final @Nullable Orderer own;

  OrdererClient(LedgerSettings settings, @Nullable Orderer own) {
    this.settings = settings;
    this.own = own;
  }

  /**
   * Returns once the orderer has synced the transaction's block.
   *
   * @throws io.grpc.StatusRuntimeException as Fabric's gateway answers
   */
  void submit(Envelope envelope) {
    CompletableFuture<BroadcastResponse> answer =
        own != null ? own.broadcast(envelope) : send(envelope);
    BroadcastResponse response;
    try {
      response = answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Status status = Status.fromThrowable(e);
      throw failed("rpc error: " + status.getCode() + " " + status.getDescription());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted");
    }
    if (response.getStatus() != org.hyperledger.fabric.protos.common.Status.SUCCESS) {
      String why =
          "received unsuccessful response from orderer: status="
              + response.getStatus()
              + ", info="
              + response.getInfo();
      throw switch (response.getStatus()) {
        case SERVICE_UNAVAILABLE, INTERNAL_SERVER_ERROR -> failed(why);
        default -> Calls.error(Code.ABORTED, why, List.of(detail(why)));
      };
    }
  }

  private CompletableFuture<BroadcastResponse> send(Envelope envelope) {
    CompletableFuture<BroadcastResponse> answer = new CompletableFuture<>();
    try {
      StreamObserver<Envelope> out =
          AtomicBroadcastGrpc.newStub(settings.peers().apply(settings.orderer()))
              .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .broadcast(new FirstAnswer(answer));
      out.onNext(envelope);
      out.onCompleted();
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  private io.grpc.StatusRuntimeException failed(String why) {
    return Calls.error(
        Code.UNAVAILABLE,
        "no orderers could successfully process transaction",
        List.of(detail(why)));
  }

  private ErrorDetail detail(String why) {
    return ErrorDetail.newBuilder()
        .setAddress(settings.orderer())
        .setMspId(settings.orderer())
        .setMessage(why)
        .build();
  }

  private record FirstAnswer(CompletableFuture<BroadcastResponse> answer)
      implements StreamObserver<BroadcastResponse> {
    @Override
    public void onNext(BroadcastResponse response) {
      answer.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      answer.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      answer.completeExceptionally(
          Status.UNAVAILABLE.withDescription("the orderer hung up").asException());
    }
  }
}
