package org.tidegate.ledger.audit;

import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;

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
    byte[] answer) {}
