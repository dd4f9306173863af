package org.tidegate.ledger.embedded;

import io.grpc.stub.StreamObserver;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.tidegate.ledger.audit.block.ChannelConfig;

/** Fabric's orderer service: takes transactions, delivers blocks. */
final class BroadcastService extends AtomicBroadcastGrpc.AtomicBroadcastImplBase {
  private final Orderer orderer;
  private final ChannelConfig config;
  private final LedgerSettings settings;

  BroadcastService(Orderer orderer, ChannelConfig config, LedgerSettings settings) {
    this.orderer = orderer;
    this.config = config;
    this.settings = settings;
  }

  @Override
  public StreamObserver<Envelope> broadcast(StreamObserver<BroadcastResponse> out) {
    return new BroadcastObserver(orderer, out);
  }

  @Override
  public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> out) {
    return new SeekObserver<>(
        orderer.chain(),
        config,
        settings.clock(),
        out,
        block -> DeliverResponse.newBuilder().setBlock(block).build(),
        status -> DeliverResponse.newBuilder().setStatus(status).build());
  }
}
