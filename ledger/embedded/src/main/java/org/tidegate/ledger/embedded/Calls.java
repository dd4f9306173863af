package org.tidegate.ledger.embedded;

import com.google.protobuf.Any;
import com.google.rpc.Status;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.Callable;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;

/** Answers unary calls from virtual threads, and makes the errors that Fabric's gateway makes. */
final class Calls {
  private static final System.Logger LOG = System.getLogger(Calls.class.getName());

  private Calls() {}

  /** Runs {@code body} in a virtual thread with the call's deadline and sends what it returns. */
  static <T> void answer(StreamObserver<T> out, Callable<T> body) {
    Thread.ofVirtual().name("ledger-call").start(Context.current().wrap(() -> run(out, body)));
  }

  private static <T> void run(StreamObserver<T> out, Callable<T> body) {
    T answer;
    try {
      answer = body.call();
    } catch (StatusRuntimeException e) {
      out.onError(e);
      return;
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "a ledger call failed", e);
      out.onError(
          io.grpc.Status.INTERNAL
              .withDescription("the ledger failed: " + e)
              .withCause(e)
              .asRuntimeException());
      return;
    }
    out.onNext(answer);
    out.onCompleted();
  }

  /** An error with details, as {@code google.rpc.Status} in the trailers. */
  static StatusRuntimeException error(Code code, String message, List<ErrorDetail> details) {
    Status.Builder status = Status.newBuilder().setCode(code.value()).setMessage(message);
    details.forEach(detail -> status.addDetails(Any.pack(detail)));
    return StatusProto.toStatusRuntimeException(status.build());
  }

  /** An error without details. */
  static StatusRuntimeException error(Code code, String message) {
    return error(code, message, List.of());
  }
}
