package org.tidegate.ledger.audit;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.tidegate.ledger.contract.ContractStub;

/**
 * The state before one transaction, as the contract sees it when run again; keeps what it reads and
 * writes. As in Fabric, a transaction does not see its own writes.
 */
final class ReplayStub extends ContractStub {
  private static final byte[] ABSENT = new byte[0];

  private final RecordState state;
  private final Set<String> reads = new TreeSet<>();
  private final SortedMap<String, byte[]> writes = new TreeMap<>();
  private boolean ranged;

  ReplayStub(String channel, ReplayTransaction tx, RecordState state) {
    super(channel, tx.txId(), tx.creator(), tx.time(), tx.arguments());
    this.state = state;
  }

  /** The keys read. */
  Set<String> reads() {
    return reads;
  }

  /** The values written; the empty value stands for a deletion. */
  SortedMap<String, byte[]> writes() {
    return writes;
  }

  /** Whether ranges of keys were read. */
  boolean ranged() {
    return ranged;
  }

  @Override
  public byte[] getState(String key) {
    reads.add(key);
    byte[] value = state.get(key);
    return value == null ? ABSENT : value;
  }

  @Override
  public void putState(String key, byte[] value) {
    writes.put(key, value);
  }

  @Override
  public void delState(String key) {
    writes.put(key, ABSENT);
  }

  @Override
  public QueryResultsIterator<KeyValue> getStateByRange(String startKey, String endKey) {
    ranged = true;
    Iterator<String> keys = state.keys(startKey, endKey).iterator();
    Iterator<KeyValue> entries =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return keys.hasNext();
          }

          @Override
          public KeyValue next() {
            String key = keys.next();
            byte[] value = state.get(key);
            return new Entry(key, value == null ? ABSENT : value);
          }
        };
    return new QueryResultsIterator<>() {
      @Override
      public Iterator<KeyValue> iterator() {
        return entries;
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }

  private record Entry(String key, byte[] bytes) implements KeyValue {
    @Override
    public String getKey() {
      return key;
    }

    @Override
    public byte[] getValue() {
      return bytes;
    }

    @Override
    public String getStringValue() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
