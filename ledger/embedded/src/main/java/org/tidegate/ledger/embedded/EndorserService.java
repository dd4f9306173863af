package org.tidegate.ledger.embedded;

import io.grpc.stub.StreamObserver;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;

/** Fabric's endorser service: endorsements for the gateways of other organisations. */
final class EndorserService extends EndorserGrpc.EndorserImplBase {
  private final Endorser endorser;

  EndorserService(Endorser endorser) {
    this.endorser = endorser;
  }

  @Override
  public void processProposal(SignedProposal request, StreamObserver<ProposalResponse> out) {
    Calls.answer(out, () -> endorser.process(request));
  }
}
