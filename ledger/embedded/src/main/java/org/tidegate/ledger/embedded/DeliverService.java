package org.tidegate.ledger.embedded;

import io.grpc.stub.StreamObserver;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.peer.BlockAndPrivateData;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.DeliverResponse;
import org.hyperledger.fabric.protos.peer.FilteredBlock;
import org.hyperledger.fabric.protos.peer.FilteredChaincodeAction;
import org.hyperledger.fabric.protos.peer.FilteredTransaction;
import org.hyperledger.fabric.protos.peer.FilteredTransactionActions;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.ChannelConfig;
import org.tidegate.ledger.audit.block.EndorserTransaction;

/** Fabric's deliver service of a peer: committed blocks, whole or filtered. */
final class DeliverService extends DeliverGrpc.DeliverImplBase {
  private final CommittedChain chain;
  private final ChannelConfig config;
  private final LedgerSettings settings;

  DeliverService(CommittedChain chain, ChannelConfig config, LedgerSettings settings) {
    this.chain = chain;
    this.config = config;
    this.settings = settings;
  }

  @Override
  public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> out) {
    return observer(out, block -> DeliverResponse.newBuilder().setBlock(block).build());
  }

  @Override
  public StreamObserver<Envelope> deliverFiltered(StreamObserver<DeliverResponse> out) {
    return observer(
        out, block -> DeliverResponse.newBuilder().setFilteredBlock(filter(block)).build());
  }

  /** There is no private data here: the blocks come without any. */
  @Override
  public StreamObserver<Envelope> deliverWithPrivateData(StreamObserver<DeliverResponse> out) {
    return observer(
        out,
        block ->
            DeliverResponse.newBuilder()
                .setBlockAndPrivateData(BlockAndPrivateData.newBuilder().setBlock(block))
                .build());
  }

  private SeekObserver<DeliverResponse> observer(
      StreamObserver<DeliverResponse> out,
      java.util.function.Function<Block, DeliverResponse> ofBlock) {
    return new SeekObserver<>(
        chain,
        config,
        settings.clock(),
        out,
        ofBlock,
        status -> DeliverResponse.newBuilder().setStatus(status).build());
  }

  private FilteredBlock filter(Block block) {
    FilteredBlock.Builder filtered =
        FilteredBlock.newBuilder()
            .setChannelId(config.channel())
            .setNumber(block.getHeader().getNumber());
    for (int index = 0; index < block.getData().getDataCount(); index++) {
      FilteredTransaction.Builder transaction =
          FilteredTransaction.newBuilder()
              .setTxValidationCodeValue(CommittedChain.flag(block, index));
      try {
        EndorserTransaction parsed = EndorserTransaction.parse(block.getData().getData(index));
        transaction
            .setTxid(parsed.txId())
            .setType(HeaderType.ENDORSER_TRANSACTION)
            .setTransactionActions(actions(parsed));
      } catch (BlockFormatException | com.google.protobuf.InvalidProtocolBufferException e) {
        // Configuration, or bytes that are no transaction: known by their flag alone.
        transaction.setType(
            block.getHeader().getNumber() == 0 ? HeaderType.CONFIG : HeaderType.MESSAGE);
      }
      filtered.addFilteredTransactions(transaction);
    }
    return filtered.build();
  }

  /** Events without their payload, as Fabric filters them. */
  private static FilteredTransactionActions actions(EndorserTransaction transaction)
      throws com.google.protobuf.InvalidProtocolBufferException {
    FilteredTransactionActions.Builder actions = FilteredTransactionActions.newBuilder();
    if (!transaction.action().getEvents().isEmpty()) {
      ChaincodeEvent event = ChaincodeEvent.parseFrom(transaction.action().getEvents());
      actions.addChaincodeActions(
          FilteredChaincodeAction.newBuilder().setChaincodeEvent(event.toBuilder().clearPayload()));
    }
    return actions.build();
  }
}
