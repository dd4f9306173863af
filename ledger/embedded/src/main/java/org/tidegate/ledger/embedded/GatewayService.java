package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status.Code;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsResponse;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.CommitStatusResponse;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EndorseResponse;
import org.hyperledger.fabric.protos.gateway.ErrorDetail;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.EvaluateResponse;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.gateway.SubmitResponse;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.audit.block.Identity;

/** Fabric's gateway service: what the Gateway SDK talks to. */
final class GatewayService extends GatewayGrpc.GatewayImplBase {
  private final LedgerSettings settings;
  private final ChannelConfig config;
  private final CommittedChain chain;
  private final Endorser endorser;
  private final Endorsements endorsements;
  private final OrdererClient orderer;

  GatewayService(
      LedgerSettings settings,
      ChannelConfig config,
      CommittedChain chain,
      Endorser endorser,
      OrdererClient orderer) {
    this.settings = settings;
    this.config = config;
    this.chain = chain;
    this.endorser = endorser;
    this.endorsements = new Endorsements(settings, config, endorser);
    this.orderer = orderer;
  }

  @Override
  public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> out) {
    Calls.answer(
        out,
        () -> {
          Endorsements.Outcome outcome =
              Endorsements.Outcome.of(endorser.process(request.getProposedTransaction()));
          if (outcome.code() != Code.OK) {
            throw Calls.error(
                outcome.code(),
                "evaluate call to endorser returned error: " + outcome.message(),
                List.of(detail(outcome.message())));
          }
          return EvaluateResponse.newBuilder().setResult(outcome.response().getResponse()).build();
        });
  }

  @Override
  public void endorse(EndorseRequest request, StreamObserver<EndorseResponse> out) {
    Calls.answer(
        out,
        () -> {
          SignedProposal signed = request.getProposedTransaction();
          if (signed.getProposalBytes().isEmpty()) {
            throw Calls.error(
                Code.INVALID_ARGUMENT, "the proposed transaction must contain a signed proposal");
          }
          ChaincodeEndorsedAction action =
              endorsements.collect(signed, request.getEndorsingOrganizationsList());
          return EndorseResponse.newBuilder()
              .setPreparedTransaction(prepare(signed, action))
              .build();
        });
  }

  /** The transaction that the client is to sign: proposal, without transient data, and action. */
  private static Envelope prepare(SignedProposal signed, ChaincodeEndorsedAction action)
      throws InvalidProtocolBufferException {
    Proposal proposal = Proposal.parseFrom(signed.getProposalBytes());
    Header header = Header.parseFrom(proposal.getHeader());
    ByteString input = ChaincodeProposalPayload.parseFrom(proposal.getPayload()).getInput();
    ProposalResponsePayload response =
        ProposalResponsePayload.parseFrom(action.getProposalResponsePayload());
    Response result = ChaincodeAction.parseFrom(response.getExtension()).getResponse();
    if (result.getStatus() >= 400) {
      throw Calls.error(Code.ABORTED, "the endorsers agree on an error: " + result.getMessage());
    }
    ChaincodeActionPayload payload =
        ChaincodeActionPayload.newBuilder()
            .setChaincodeProposalPayload(
                ChaincodeProposalPayload.newBuilder().setInput(input).build().toByteString())
            .setAction(action)
            .build();
    Transaction transaction =
        Transaction.newBuilder()
            .addActions(
                TransactionAction.newBuilder()
                    .setHeader(header.getSignatureHeader())
                    .setPayload(payload.toByteString()))
            .build();
    return Envelope.newBuilder()
        .setPayload(
            Payload.newBuilder()
                .setHeader(header)
                .setData(transaction.toByteString())
                .build()
                .toByteString())
        .build();
  }

  @Override
  public void submit(SubmitRequest request, StreamObserver<SubmitResponse> out) {
    Calls.answer(
        out,
        () -> {
          Envelope transaction = request.getPreparedTransaction();
          if (transaction.getPayload().isEmpty()) {
            throw Calls.error(Code.INVALID_ARGUMENT, "a prepared transaction is required");
          }
          if (transaction.getSignature().isEmpty()) {
            throw Calls.error(Code.INVALID_ARGUMENT, "prepared transaction must be signed");
          }
          orderer.submit(transaction);
          return SubmitResponse.getDefaultInstance();
        });
  }

  @Override
  public void commitStatus(
      SignedCommitStatusRequest signed, StreamObserver<CommitStatusResponse> out) {
    Calls.answer(
        out,
        () -> {
          CommitStatusRequest request = parse(CommitStatusRequest::parseFrom, signed.getRequest());
          authorise(
              request.getChannelId(),
              request.getIdentity(),
              signed.getRequest(),
              signed.getSignature());
          return status(request.getTransactionId(), (ServerCallStreamObserver<?>) out);
        });
  }

  private CommitStatusResponse status(String txId, ServerCallStreamObserver<?> call)
      throws InterruptedException {
    CompletableFuture<CommittedChain.Location> location = chain.location(txId);
    CommittedChain.@Nullable Location found;
    try {
      found = chain.await(location, call::isCancelled);
    } finally {
      chain.forget(txId);
    }
    if (found == null) {
      throw Calls.error(
          Code.UNAVAILABLE, call.isCancelled() ? "the call was cancelled" : "the peer is stopping");
    }
    return CommitStatusResponse.newBuilder()
        .setResult(found.code())
        .setBlockNumber(found.block())
        .build();
  }

  @Override
  public void chaincodeEvents(
      SignedChaincodeEventsRequest signed, StreamObserver<ChaincodeEventsResponse> out) {
    ServerCallStreamObserver<ChaincodeEventsResponse> call =
        (ServerCallStreamObserver<ChaincodeEventsResponse>) out;
    EventStream stream = new EventStream(chain, call);
    call.setOnReadyHandler(stream::wake);
    call.setOnCancelHandler(stream::wake);
    Thread.ofVirtual()
        .name("ledger-events")
        .start(() -> {
          try {
            ChaincodeEventsRequest request =
                parse(ChaincodeEventsRequest::parseFrom, signed.getRequest());
            authorise(
                request.getChannelId(),
                request.getIdentity(),
                signed.getRequest(),
                signed.getSignature());
            stream.send(request);
          } catch (io.grpc.StatusRuntimeException e) {
            out.onError(e);
          }
        });
  }

  private interface Parser<T> {
    T parse(ByteString bytes) throws InvalidProtocolBufferException;
  }

  private static <T> T parse(Parser<T> parser, ByteString bytes) {
    try {
      return parser.parse(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw Calls.error(Code.INVALID_ARGUMENT, "invalid request: " + e.getMessage());
    }
  }

  private void authorise(
      String channel, ByteString creator, ByteString request, ByteString signature) {
    if (!channel.equals(config.channel())) {
      throw Calls.error(Code.NOT_FOUND, "channel '" + channel + "' not found");
    }
    try {
      Identity identity =
          config
              .members()
              .verify(creator, request.toByteArray(), signature, settings.clock().instant());
      if (!identity.isMember()) {
        throw new GeneralSecurityException(
            "certificates of the units " + identity.units() + " may not read the ledger");
      }
    } catch (GeneralSecurityException e) {
      throw Calls.error(Code.PERMISSION_DENIED, "permission denied: " + e.getMessage());
    }
  }

  private ErrorDetail detail(String message) {
    return ErrorDetail.newBuilder()
        .setAddress(settings.mspId())
        .setMspId(settings.mspId())
        .setMessage(message)
        .build();
  }
}
