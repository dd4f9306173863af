package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeID;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.shim.Chaincode;
import org.tidegate.ledger.audit.block.ChannelConfig;

/** Runs proposals on this peer's state and signs the outcome with this node's own key. */
final class Endorser {
  /** Fabric's status from which on a chaincode response is an error. */
  private static final int ERROR_THRESHOLD = 400;

  private static final int INTERNAL = 500;
  private static final String CHAINCODE_VERSION = "1.0";

  private final LedgerSettings settings;
  private final ChannelConfig config;
  private final CommittedChain chain;
  private final NodeIdentity self;
  private final Chaincode contract;
  private final ChainQueries queries;

  Endorser(LedgerSettings settings, ChannelConfig config, CommittedChain chain, NodeIdentity self) {
    this.settings = settings;
    this.config = config;
    this.chain = chain;
    this.self = self;
    this.contract = settings.contract().apply(config);
    this.queries = new ChainQueries(config, chain);
  }

  /**
   * Answers a proposal. A refusal before the contract ran has status 500 and no payload; an error
   * of the contract has its status, a payload, and no endorsement.
   */
  ProposalResponse process(SignedProposal signed) {
    CheckedProposal proposal;
    try {
      proposal = CheckedProposal.parse(signed, config, settings.clock().instant());
      if (chain.contains(proposal.txId())) {
        throw new CheckedProposal.Refused("duplicate transaction found [" + proposal.txId() + "]");
      }
      if (!proposal.chaincode().equals(settings.chaincode())
          && !proposal.chaincode().equals(ChainQueries.NAME)) {
        throw new CheckedProposal.Refused(
            "make sure the chaincode "
                + proposal.chaincode()
                + " has been successfully defined on channel "
                + config.channel()
                + " and try again: chaincode "
                + proposal.chaincode()
                + " not found");
      }
    } catch (CheckedProposal.Refused e) {
      return ProposalResponse.newBuilder()
          .setVersion(1)
          .setResponse(response(INTERNAL, String.valueOf(e.getMessage()), ByteString.EMPTY))
          .build();
    }
    return proposal.chaincode().equals(ChainQueries.NAME)
        ? endorsed(
            proposal, queries.answer(proposal.arguments()), ByteString.EMPTY, ByteString.EMPTY)
        : simulate(proposal);
  }

  private ProposalResponse simulate(CheckedProposal proposal) {
    return chain.withState(state -> {
      SimulationStub stub = new SimulationStub(state, proposal);
      Response response;
      try {
        Chaincode.Response answer = contract.invoke(stub);
        byte[] payload = answer.getPayload();
        response =
            response(
                answer.getStatusCode(),
                answer.getMessage() == null ? "" : answer.getMessage(),
                payload == null ? ByteString.EMPTY : ByteString.copyFrom(payload));
      } catch (RuntimeException e) {
        // A contract that fails must not take the peer with it.
        response = response(INTERNAL, "the contract failed: " + e, ByteString.EMPTY);
      }
      return endorsed(proposal, response, stub.readWriteSet(), stub.event());
    });
  }

  private ProposalResponse endorsed(
      CheckedProposal proposal, Response response, ByteString readWriteSet, ByteString event) {
    ChaincodeAction action =
        ChaincodeAction.newBuilder()
            .setResults(readWriteSet)
            .setEvents(event)
            .setResponse(response)
            .setChaincodeId(
                ChaincodeID.newBuilder()
                    .setName(proposal.chaincode())
                    .setVersion(CHAINCODE_VERSION))
            .build();
    ByteString payload =
        ProposalResponsePayload.newBuilder()
            .setProposalHash(proposal.proposalHash())
            .setExtension(action.toByteString())
            .build()
            .toByteString();
    ProposalResponse.Builder answer =
        ProposalResponse.newBuilder().setVersion(1).setResponse(response).setPayload(payload);
    if (response.getStatus() < ERROR_THRESHOLD) {
      answer.setEndorsement(
          Endorsement.newBuilder()
              .setEndorser(self.serialized())
              .setSignature(self.sign(payload.concat(self.serialized()))));
    }
    return answer.build();
  }

  private static Response response(int status, String message, ByteString payload) {
    return Response.newBuilder().setStatus(status).setMessage(message).setPayload(payload).build();
  }
}
