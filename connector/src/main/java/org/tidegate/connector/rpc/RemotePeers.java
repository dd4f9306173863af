package org.tidegate.connector.rpc;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.tidegate.connector.job.JobContent;
import org.tidegate.connector.job.JobException;
import org.tidegate.connector.job.Peers;
import org.tidegate.connector.transport.PeerConnections;
import org.tidegate.connector.transport.TransportException;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Signed;
import org.tidegate.proto.job.v1.JobServiceGrpc;
import org.tidegate.proto.job.v1.ProductText;
import org.tidegate.proto.job.v1.ProductsRequest;
import org.tidegate.proto.job.v1.ProposeRequest;
import org.tidegate.proto.job.v1.ProposeResponse;
import org.tidegate.proto.job.v1.ReleaseRequest;
import org.tidegate.proto.job.v1.ReleaseResponse;
import org.tidegate.proto.job.v1.StartRequest;
import org.tidegate.proto.job.v1.StartResponse;

/** The other nodes, over gRPC. */
public final class RemotePeers implements Peers {
  private static final int PROTOCOL_VERSION = 1;

  private final PeerConnections connections;
  private final Duration timeout;

  /**
   * @param timeout how long a peer may take to answer
   */
  public RemotePeers(PeerConnections connections, Duration timeout) {
    this.connections = connections;
    this.timeout = timeout;
  }

  @Override
  public Signed<Acceptance> propose(
      String participant, Signed<Proposal> proposal, JobContent content) {
    ProposeRequest request =
        ProposeRequest.newBuilder()
            .setProtocolVersion(PROTOCOL_VERSION)
            .setProposal(JobWire.toWire(proposal))
            .setContent(ByteString.copyFrom(content.canonicalBytes()))
            .build();
    ProposeResponse response = call(participant, channel -> stub(channel).propose(request));
    if (!response.hasAcceptance()) {
      throw JobWire.refused(participant, response.getRefusal());
    }
    return record(
        participant, () -> JobWire.fromWire(response.getAcceptance(), Acceptance::fromJson));
  }

  @Override
  public void start(String participant, Digest jobId) {
    StartRequest request = StartRequest.newBuilder().setJobId(JobWire.toWire(jobId)).build();
    StartResponse response = call(participant, channel -> stub(channel).start(request));
    if (response.hasRefusal()) {
      throw JobWire.refused(participant, response.getRefusal());
    }
  }

  @Override
  public Signed<ReleaseStatement> release(String participant, Digest jobId) {
    ReleaseRequest request = ReleaseRequest.newBuilder().setJobId(JobWire.toWire(jobId)).build();
    ReleaseResponse response = call(participant, channel -> stub(channel).release(request));
    if (!response.hasStatement()) {
      throw JobWire.refused(participant, response.getRefusal());
    }
    return record(
        participant, () -> JobWire.fromWire(response.getStatement(), ReleaseStatement::fromJson));
  }

  /** The products a participant offers now; nothing of them is verified yet. */
  public List<ProductText> products(String participant) {
    return call(
            participant, channel -> stub(channel).products(ProductsRequest.getDefaultInstance()))
        .getProductsList();
  }

  private JobServiceGrpc.JobServiceBlockingStub stub(Channel channel) {
    return JobServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private <T> T call(String participant, Function<Channel, T> call) {
    try {
      return connections.call(participant, call);
    } catch (TransportException e) {
      throw JobException.aborted(e.code().text(), String.valueOf(e.getMessage()), e);
    }
  }

  private interface Reading<T> {
    T read();
  }

  private static <T> T record(String participant, Reading<T> reading) {
    try {
      return reading.read();
    } catch (RecordException e) {
      throw JobException.aborted(
          "peer.failed", participant + " answered with a malformed record: " + e.getMessage(), e);
    }
  }
}
