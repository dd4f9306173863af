package org.tidegate.connector.rpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.connector.job.JobContent;
import org.tidegate.connector.job.JobException;
import org.tidegate.connector.job.JobService;
import org.tidegate.connector.job.JobStore;
import org.tidegate.connector.transport.PeerContext;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.proto.job.v1.JobServiceGrpc;
import org.tidegate.proto.job.v1.ProductText;
import org.tidegate.proto.job.v1.ProductsRequest;
import org.tidegate.proto.job.v1.ProductsResponse;
import org.tidegate.proto.job.v1.ProposeRequest;
import org.tidegate.proto.job.v1.ProposeResponse;
import org.tidegate.proto.job.v1.ReleaseRequest;
import org.tidegate.proto.job.v1.ReleaseResponse;
import org.tidegate.proto.job.v1.StartRequest;
import org.tidegate.proto.job.v1.StartResponse;
import org.tidegate.proto.job.v1.StatusRequest;
import org.tidegate.proto.job.v1.StatusResponse;

/** What other nodes ask of this one about jobs. Who asks is taken from the certificate only. */
public final class JobEndpoint extends JobServiceGrpc.JobServiceImplBase {
  private static final Logger log = LoggerFactory.getLogger(JobEndpoint.class);

  private final Supplier<JobService> jobs;
  private final Supplier<List<ProductText>> products;

  /**
   * @param jobs the node's jobs; throws {@link JobException} while the node is starting
   * @param products the newest versions of the products this node offers
   */
  public JobEndpoint(Supplier<JobService> jobs, Supplier<List<ProductText>> products) {
    this.jobs = jobs;
    this.products = products;
  }

  @Override
  public void propose(ProposeRequest request, StreamObserver<ProposeResponse> answer) {
    String peer = PeerContext.current().participant();
    answer(
        answer,
        () ->
            ProposeResponse.newBuilder()
                .setAcceptance(
                    JobWire.toWire(
                        jobs.get()
                            .propose(
                                peer,
                                JobWire.fromWire(request.getProposal(), Proposal::fromJson),
                                JobContent.fromJson(
                                    CanonicalJson.decode(request.getContent().toByteArray())))))
                .build(),
        refusal ->
            ProposeResponse.newBuilder().setRefusal(JobWire.refusal(refusal.outcome())).build());
  }

  @Override
  public void start(StartRequest request, StreamObserver<StartResponse> answer) {
    String peer = PeerContext.current().participant();
    answer(
        answer,
        () -> {
          jobs.get().startJob(peer, JobWire.digest(request.getJobId()));
          return StartResponse.getDefaultInstance();
        },
        refusal ->
            StartResponse.newBuilder().setRefusal(JobWire.refusal(refusal.outcome())).build());
  }

  @Override
  public void release(ReleaseRequest request, StreamObserver<ReleaseResponse> answer) {
    String peer = PeerContext.current().participant();
    answer(
        answer,
        () ->
            ReleaseResponse.newBuilder()
                .setStatement(
                    JobWire.toWire(jobs.get().release(peer, JobWire.digest(request.getJobId()))))
                .build(),
        refusal ->
            ReleaseResponse.newBuilder().setRefusal(JobWire.refusal(refusal.outcome())).build());
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusResponse> answer) {
    String peer = PeerContext.current().participant();
    answer(
        answer,
        () -> {
          Digest jobId = JobWire.digest(request.getJobId());
          JobStore.Entry entry = jobs.get().findFor(peer, jobId);
          return StatusResponse.newBuilder()
              .setState(entry.state().name())
              .setOutcome(entry.outcome().map(outcome -> outcome.kind().text()).orElse(""))
              .build();
        },
        refusal -> StatusResponse.newBuilder().setState("UNKNOWN").build());
  }

  @Override
  public void products(ProductsRequest request, StreamObserver<ProductsResponse> answer) {
    answer(
        answer,
        () -> ProductsResponse.newBuilder().addAllProducts(products.get()).build(),
        refusal -> ProductsResponse.getDefaultInstance());
  }

  private interface Call<T> {
    T run();
  }

  private interface Refused<T> {
    T answer(JobException refusal);
  }

  private static <T> void answer(StreamObserver<T> observer, Call<T> call, Refused<T> refused) {
    T value;
    try {
      value = call.run();
    } catch (JobException e) {
      value = refused.answer(e);
    } catch (RecordException e) {
      observer.onError(
          Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
      return;
    } catch (LedgerException e) {
      value = refused.answer(JobException.refused(e.code(), e.getMessage()));
    } catch (RuntimeException e) {
      log.error("a call about a job failed by a bug of ours", e);
      observer.onError(
          Status.INTERNAL
              .withDescription("the node failed; its log has the details")
              .asRuntimeException());
      return;
    }
    observer.onNext(value);
    observer.onCompleted();
  }

  /** A product as it goes over the wire. */
  public static ProductText product(String name, int version, byte[] description) {
    return ProductText.newBuilder()
        .setName(name)
        .setVersion(version)
        .setDescription(ByteString.copyFrom(description))
        .build();
  }
}
