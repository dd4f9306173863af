package org.tidegate.ledger.audit.block;

import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;

/** Whether what a transaction read is still so: versions of keys, and what ranges held. */
final class ReadCheck {
  private ReadCheck() {}

  /** VALID, MVCC_READ_CONFLICT or PHANTOM_READ_CONFLICT, against the state before it. */
  static TxValidationCode check(EndorserTransaction transaction, WorldState state) {
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      for (KVRead read : namespace.set().getReadsList()) {
        if (!Objects.equals(version(read), current(state, namespace.name(), read.getKey()))) {
          return TxValidationCode.MVCC_READ_CONFLICT;
        }
      }
    }
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      for (RangeQueryInfo query : namespace.set().getRangeQueriesInfoList()) {
        if (!sameRange(namespace.name(), query, state)) {
          return TxValidationCode.PHANTOM_READ_CONFLICT;
        }
      }
    }
    return TxValidationCode.VALID;
  }

  private static boolean sameRange(String namespace, RangeQueryInfo query, WorldState state) {
    Iterator<Map.Entry<String, WorldState.Value>> now =
        state.range(namespace, query.getStartKey(), query.getEndKey()).iterator();
    for (KVRead read : query.getRawReads().getKvReadsList()) {
      if (!now.hasNext()) {
        return false;
      }
      Map.Entry<String, WorldState.Value> entry = now.next();
      if (!entry.getKey().equals(read.getKey())
          || !entry.getValue().version().equals(version(read))) {
        return false;
      }
    }
    // A range that was not read to its end may have grown behind the last key that was read.
    return !query.getItrExhausted() || !now.hasNext();
  }

  private static WorldState.@Nullable Version current(
      WorldState state, String namespace, String key) {
    WorldState.Value value = state.get(namespace, key);
    return value == null ? null : value.version();
  }

  private static WorldState.@Nullable Version version(KVRead read) {
    return read.hasVersion()
        ? new WorldState.Version(read.getVersion().getBlockNum(), read.getVersion().getTxNum())
        : null;
  }
}
