package org.tidegate.connector.rpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.connector.job.JobListener;
import org.tidegate.connector.job.JobService;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.proto.admin.v1.AdminServiceGrpc;
import org.tidegate.proto.admin.v1.ExplainRequest;
import org.tidegate.proto.admin.v1.ExportBlocksRequest;
import org.tidegate.proto.admin.v1.ExportChunk;
import org.tidegate.proto.admin.v1.JsonResponse;
import org.tidegate.proto.admin.v1.ListGrantsRequest;
import org.tidegate.proto.admin.v1.ListProductsRequest;
import org.tidegate.proto.admin.v1.NodeStatusRequest;
import org.tidegate.proto.admin.v1.Progress;
import org.tidegate.proto.admin.v1.PublishRequest;
import org.tidegate.proto.admin.v1.PutGrantRequest;
import org.tidegate.proto.admin.v1.QueryEvent;
import org.tidegate.proto.admin.v1.QueryRequest;
import org.tidegate.proto.admin.v1.RecordRequest;
import org.tidegate.proto.admin.v1.RevokeGrantRequest;
import org.tidegate.proto.admin.v1.ShowJobRequest;
import org.tidegate.proto.admin.v1.ShutdownRequest;
import org.tidegate.proto.admin.v1.ShutdownResponse;

/**
 * The administration service. A failure is a status whose description is canonical JSON {@code
 * code, message} and, where it is about a text, {@code line, column}.
 */
public final class AdminEndpoint extends AdminServiceGrpc.AdminServiceImplBase {
  private static final Logger log = LoggerFactory.getLogger(AdminEndpoint.class);

  private final Administration administration;

  /** Serves these answers. */
  public AdminEndpoint(Administration administration) {
    this.administration = administration;
  }

  @Override
  public void query(QueryRequest request, StreamObserver<QueryEvent> answer) {
    ServerCallStreamObserver<QueryEvent> stream = (ServerCallStreamObserver<QueryEvent>) answer;
    JobService.Cancel cancel = new JobService.Cancel();
    // Whoever asked and went away gets no answer: what can be saved of the use is saved.
    stream.setOnCancelHandler(cancel::cancel);
    JobListener listener = new ProgressStream(stream);
    org.tidegate.connector.job.QueryRequest query =
        request(
            request.getSql(), request.getPurpose(), request.getSecurity(), request.getTraceDir());
    String result;
    try {
      requireRecipient(request.getRecipient());
      result = administration.query(query, listener, cancel);
    } catch (RuntimeException e) {
      answer.onError(failure(e));
      return;
    }
    synchronized (stream) {
      if (!stream.isCancelled()) {
        stream.onNext(QueryEvent.newBuilder().setResultJson(result).build());
        stream.onCompleted();
      }
    }
  }

  private void requireRecipient(String recipient) {
    if (!recipient.isEmpty() && !recipient.equals(administration.participant())) {
      throw new AdminException(
          AdminException.Kind.REFUSED,
          "policy.recipient",
          "this is the node of "
              + administration.participant()
              + ", and a result goes to the one who asks: ask at the node of "
              + recipient,
          null);
    }
  }

  private static org.tidegate.connector.job.QueryRequest request(
      String sql, String purpose, String security, String traceDir) {
    return new org.tidegate.connector.job.QueryRequest(
        sql,
        Optional.of(purpose).filter(text -> !text.isBlank()),
        Optional.of(security).filter(text -> !text.isBlank()),
        Optional.of(traceDir).filter(text -> !text.isBlank()).map(Path::of));
  }

  /** Progress at a rate that a person can follow; an answer never waits for it. */
  private static final class ProgressStream implements JobListener {
    private static final long PAUSE_NANOS = 50_000_000L;
    private final ServerCallStreamObserver<QueryEvent> stream;
    private String phase = "";
    private long last;

    ProgressStream(ServerCallStreamObserver<QueryEvent> stream) {
      this.stream = stream;
    }

    @Override
    public void progress(String next, long done, long total) {
      synchronized (stream) {
        long now = System.nanoTime();
        boolean worth = !next.equals(phase) || done >= total || now - last > PAUSE_NANOS;
        if (!worth || stream.isCancelled() || !stream.isReady()) {
          return;
        }
        phase = next;
        last = now;
        stream.onNext(
            QueryEvent.newBuilder()
                .setProgress(Progress.newBuilder().setPhase(next).setDone(done).setTotal(total))
                .build());
      }
    }
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<JsonResponse> answer) {
    json(
        answer,
        () -> {
          requireRecipient(request.getRecipient());
          return administration.explain(request(request.getSql(), "", request.getSecurity(), ""));
        });
  }

  @Override
  public void showJob(ShowJobRequest request, StreamObserver<JsonResponse> answer) {
    json(answer, () -> administration.showJob(request.getJobId()));
  }

  @Override
  public void publish(PublishRequest request, StreamObserver<JsonResponse> answer) {
    json(
        answer,
        () -> administration.publish(request.getProductYaml(), Path.of(request.getBaseDir())));
  }

  @Override
  public void listProducts(ListProductsRequest request, StreamObserver<JsonResponse> answer) {
    json(answer, administration::listProducts);
  }

  @Override
  public void putGrant(PutGrantRequest request, StreamObserver<JsonResponse> answer) {
    json(answer, () -> administration.putGrants(request.getGrantsYaml()));
  }

  @Override
  public void revokeGrant(RevokeGrantRequest request, StreamObserver<JsonResponse> answer) {
    json(answer, () -> administration.revokeGrant(request.getGrantId(), request.getReason()));
  }

  @Override
  public void listGrants(ListGrantsRequest request, StreamObserver<JsonResponse> answer) {
    json(answer, administration::listGrants);
  }

  @Override
  public void record(RecordRequest request, StreamObserver<JsonResponse> answer) {
    json(answer, () -> administration.record(request.getFunction(), request.getJson()));
  }

  @Override
  public void nodeStatus(NodeStatusRequest request, StreamObserver<JsonResponse> answer) {
    json(answer, administration::status);
  }

  @Override
  public void exportBlocks(ExportBlocksRequest request, StreamObserver<ExportChunk> answer) {
    ServerCallStreamObserver<ExportChunk> stream = (ServerCallStreamObserver<ExportChunk>) answer;
    Object ready = new Object();
    stream.setOnReadyHandler(() -> wake(ready));
    stream.setOnCancelHandler(() -> wake(ready));
    try {
      administration.exportBlocks(
          request.getFrom(),
          (name, content) -> {
            awaitReady(stream, ready);
            stream.onNext(
                ExportChunk.newBuilder()
                    .setName(name)
                    .setContent(ByteString.copyFrom(content))
                    .build());
          });
      stream.onCompleted();
    } catch (RuntimeException e) {
      if (!stream.isCancelled()) {
        answer.onError(failure(e));
      }
    }
  }

  private static void wake(Object monitor) {
    synchronized (monitor) {
      monitor.notifyAll();
    }
  }

  private static void awaitReady(ServerCallStreamObserver<?> stream, Object ready) {
    synchronized (ready) {
      while (!stream.isReady() && !stream.isCancelled()) {
        try {
          ready.wait(1_000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("the export was interrupted", e);
        }
      }
    }
    if (stream.isCancelled()) {
      throw new IllegalStateException("the reader of the export went away");
    }
  }

  @Override
  public void shutdown(ShutdownRequest request, StreamObserver<ShutdownResponse> answer) {
    administration.shutdown();
    answer.onNext(ShutdownResponse.getDefaultInstance());
    answer.onCompleted();
  }

  private static void json(StreamObserver<JsonResponse> answer, Supplier<String> call) {
    String json;
    try {
      json = call.get();
    } catch (RuntimeException e) {
      answer.onError(failure(e));
      return;
    }
    answer.onNext(JsonResponse.newBuilder().setJson(json).build());
    answer.onCompleted();
  }

  private static StatusRuntimeException failure(RuntimeException failure) {
    return switch (failure) {
      case AdminException e ->
          told(
              switch (e.kind()) {
                case BAD_INPUT -> Status.INVALID_ARGUMENT;
                case REFUSED -> Status.FAILED_PRECONDITION;
                case ABORTED -> Status.ABORTED;
              },
              e.code(),
              e.line(),
              e.column(),
              e.getMessage());
      case LedgerException e ->
          told(
              e.retryable() ? Status.ABORTED : Status.FAILED_PRECONDITION,
              e.code(),
              0,
              0,
              e.getMessage());
      case RecordException e ->
          told(Status.INVALID_ARGUMENT, "input.malformed", 0, 0, String.valueOf(e.getMessage()));
      default -> {
        log.error("a request of the administrator failed by a bug of ours", failure);
        yield told(
            Status.INTERNAL,
            "bug",
            0,
            0,
            "this is a bug of Tidegate ("
                + failure.getClass().getSimpleName()
                + "); the node's log has the details");
      }
    };
  }

  private static StatusRuntimeException told(
      Status status, String code, int line, int column, String message) {
    JsonObject.Builder json = JsonObject.builder().put("code", code).put("message", message);
    if (line > 0) {
      json.put("line", line).put("column", column);
    }
    return status.withDescription(CanonicalJson.encodeText(json.build())).asRuntimeException();
  }

  /** A job's id as people write it: with or without the prefix. */
  public static Digest jobId(String text) {
    try {
      return Digest.parse(text.startsWith("sha256:") ? text : "sha256:" + text);
    } catch (RecordException e) {
      throw new AdminException(
          AdminException.Kind.BAD_INPUT,
          "input.jobId",
          "'" + text + "' is no job id; expected sha256: and 64 hexadecimal digits",
          e);
    }
  }
}
