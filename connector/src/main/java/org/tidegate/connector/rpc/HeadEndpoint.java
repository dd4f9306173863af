package org.tidegate.connector.rpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.tidegate.ledger.records.SignedHead;
import org.tidegate.proto.ledger.v1.HeadServiceGrpc;
import org.tidegate.proto.ledger.v1.SignHeadRequest;
import org.tidegate.proto.ledger.v1.SignHeadResponse;

/** Signs the head of the chain as this node sees it, so that a dropped tail shows in an export. */
public final class HeadEndpoint extends HeadServiceGrpc.HeadServiceImplBase {
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final Supplier<SignedHead> head;

  /**
   * @param head the head as it stands now
   */
  public HeadEndpoint(Supplier<SignedHead> head) {
    this.head = head;
  }

  @Override
  public void signHead(SignHeadRequest request, StreamObserver<SignHeadResponse> answer) {
    long began = System.nanoTime();
    SignedHead signed = head.get();
    while (signed.head().body().height() < request.getAtLeastHeight()) {
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        answer.onError(
            Status.UNAVAILABLE
                .withDescription(
                    "this node has "
                        + signed.head().body().height()
                        + " blocks and waits for block "
                        + (request.getAtLeastHeight() - 1))
                .asRuntimeException());
        return;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        answer.onError(Status.CANCELLED.asRuntimeException());
        return;
      }
      signed = head.get();
    }
    answer.onNext(
        SignHeadResponse.newBuilder()
            .setBody(ByteString.copyFrom(signed.head().body().canonicalBytes()))
            .setSignature(ByteString.copyFrom(HexFormat.of().parseHex(signed.head().signature())))
            .setCertificate(signed.certificate())
            .build());
    answer.onCompleted();
  }
}
