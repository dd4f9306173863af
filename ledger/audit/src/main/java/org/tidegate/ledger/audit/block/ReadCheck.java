package org.tidegate.ledger.audit.block;

import java.util.Iterator;
import java.util.Objects;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;

/** Whether what a transaction read is still so: versions of keys, and what ranges held. */
final class ReadCheck {
  private ReadCheck() {}

  /** VALID, MVCC_READ_CONFLICT or PHANTOM_READ_CONFLICT, against the state before it. */
  static TxValidationCode check(EndorserTransaction transaction, WorldState.Batch state) {
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      for (KVRead read : namespace.set().getReadsList()) {
        if (!Objects.equals(version(read), current(state, namespace.name(), read.getKey()))) {
          return TxValidationCode.MVCC_READ_CONFLICT;
        }
      }
      for (RangeQueryInfo query : namespace.set().getRangeQueriesInfoList()) {
        if (!sameRange(namespace.name(), query, state)) {
          return TxValidationCode.PHANTOM_READ_CONFLICT;
        }
      }
    }
    return TxValidationCode.VALID;
  }

  /**
   * A range that was not read to its end names the last key that was read as its end, inclusive;
   * what stands behind it was not seen and may change.
   */
  private static boolean sameRange(String namespace, RangeQueryInfo query, WorldState.Batch state) {
    Iterator<WorldState.Entry> now =
        state
            .range(namespace, query.getStartKey(), query.getEndKey(), !query.getItrExhausted())
            .iterator();
    if (query.hasReadsMerkleHashes()) {
      return MerkleReads.summarise(now, query.getReadsMerkleHashes().getMaxDegree())
          .equals(query.getReadsMerkleHashes());
    }
    for (KVRead read : query.getRawReads().getKvReadsList()) {
      if (!now.hasNext()) {
        return false;
      }
      WorldState.Entry entry = now.next();
      if (!entry.key().equals(read.getKey()) || !entry.value().version().equals(version(read))) {
        return false;
      }
    }
    return !now.hasNext();
  }

  private static WorldState.@Nullable Version current(
      WorldState.Batch state, String namespace, String key) {
    WorldState.Value value = state.get(namespace, key);
    return value == null ? null : value.version();
  }

  private static WorldState.@Nullable Version version(KVRead read) {
    return read.hasVersion()
        ? new WorldState.Version(read.getVersion().getBlockNum(), read.getVersion().getTxNum())
        : null;
  }
}
