package org.tidegate.ledger.embedded;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status.Code;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsResponse;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.tidegate.ledger.audit.block.BlockFormatException;
import org.tidegate.ledger.audit.block.EndorserTransaction;

/** Sends the events of valid transactions, block by block, no faster than they are taken. */
final class EventStream {
  private static final long POLL_MILLIS = 500;

  private final CommittedChain chain;
  private final ServerCallStreamObserver<ChaincodeEventsResponse> out;
  private final Semaphore ready = new Semaphore(0);

  EventStream(CommittedChain chain, ServerCallStreamObserver<ChaincodeEventsResponse> out) {
    this.chain = chain;
    this.out = out;
  }

  void wake() {
    ready.release();
  }

  /** Sends until the reader is gone or the peer stops. */
  void send(ChaincodeEventsRequest request) {
    long next =
        request.hasStartPosition()
            ? SeekRequest.position(request.getStartPosition(), chain.gate().height())
            : chain.gate().height();
    if (next < 0) {
      throw Calls.error(Code.INVALID_ARGUMENT, "invalid start position");
    }
    String after = request.getAfterTransactionId();
    try {
      while (!out.isCancelled()) {
        if (!chain.gate().await(next, POLL_MILLIS)) {
          if (chain.gate().isClosed()) {
            throw Calls.error(Code.UNAVAILABLE, "the peer is stopping");
          }
          continue;
        }
        if (!out.isReady()) {
          if (!ready.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS) && chain.gate().isClosed()) {
            throw Calls.error(Code.UNAVAILABLE, "the peer is stopping");
          }
          continue;
        }
        ChaincodeEventsResponse events = events(chain.read(next), request.getChaincodeId(), after);
        after = "";
        if (events.getEventsCount() > 0) {
          out.onNext(events);
        }
        next++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | BlockFormatException e) {
      throw Calls.error(Code.UNAVAILABLE, "block " + next + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * A block's events.
   *
   * @param after a transaction of the first block: events up to it have been seen
   */
  private static ChaincodeEventsResponse events(Block block, String chaincode, String after)
      throws BlockFormatException, InvalidProtocolBufferException {
    ChaincodeEventsResponse.Builder events =
        ChaincodeEventsResponse.newBuilder().setBlockNumber(block.getHeader().getNumber());
    boolean seen = !after.isEmpty();
    for (int index = 0; index < block.getData().getDataCount(); index++) {
      if (CommittedChain.flag(block, index) != TxValidationCode.VALID_VALUE
          || block.getHeader().getNumber() == 0) {
        continue;
      }
      EndorserTransaction transaction = EndorserTransaction.parse(block.getData().getData(index));
      if (seen) {
        seen = !transaction.txId().equals(after);
        continue;
      }
      ChaincodeEvent event = ChaincodeEvent.parseFrom(transaction.action().getEvents());
      if (event.getChaincodeId().equals(chaincode)) {
        events.addEvents(event);
      }
    }
    return events.build();
  }
}
