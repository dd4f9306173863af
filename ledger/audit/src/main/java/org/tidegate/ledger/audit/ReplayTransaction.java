package org.tidegate.ledger.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * A valid transaction as it stands in its block, ready to be run again.
 *
 * @param block number of its block
 * @param index its place in the block
 * @param txId its id
 * @param creator the serialized identity that signed it
 * @param time its time
 * @param arguments function name and arguments
 * @param readWriteSet what its endorsers say it read and wrote
 * @param answer the contract's answer as endorsed
 */
record ReplayTransaction(
    long block,
    int index,
    String txId,
    byte[] creator,
    Instant time,
    List<byte[]> arguments,
    KVRWSet readWriteSet,
    byte[] answer) {
  /** What the submitter asked for, or empty where the contract could not read it either. */
  Optional<LedgerEvent> event() {
    String function = LedgerEvent.function(arguments);
    return LedgerEvent.request(arguments)
        .map(request ->
            new LedgerEvent(
                block,
                index,
                time,
                caller(),
                function,
                request,
                LedgerEvent.jobId(function, request)));
  }

  private String caller() {
    try {
      return SerializedIdentity.parseFrom(creator).getMspid();
    } catch (InvalidProtocolBufferException e) {
      return "";
    }
  }
}
