package org.tidegate.ledger.embedded;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.shim.ledger.KeyValue;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.audit.block.WorldState;
import org.tidegate.ledger.contract.ContractStub;

/**
 * Runs a contract on the committed state and records what it reads (with versions), the ranges it
 * looks through, and what it would write. As on Fabric, a contract does not see its own writes.
 */
final class SimulationStub extends ContractStub {
  /** Fabric's shim begins an open range behind the composite keys, which start with U+0000. */
  private static final String FIRST_SIMPLE_KEY = "\u0001";

  private final WorldState state;
  private final String namespace;
  private final CheckedProposal proposal;
  private final SortedMap<String, KVRead> reads = new TreeMap<>();
  private final SortedMap<String, KVWrite> writes = new TreeMap<>();
  private final List<RangeEntries> ranges = new ArrayList<>();
  private ByteString event = ByteString.EMPTY;

  SimulationStub(WorldState state, CheckedProposal proposal) {
    super(
        proposal.channel(),
        proposal.txId(),
        proposal.creator().toByteArray(),
        proposal.time(),
        proposal.arguments().stream().map(ByteString::toByteArray).toList());
    this.state = state;
    this.namespace = proposal.chaincode();
    this.proposal = proposal;
  }

  @Override
  public byte[] getState(String key) {
    requireKey(key);
    WorldState.Value value = state.get(namespace, key);
    reads.putIfAbsent(key, read(key, value));
    return value == null ? new byte[0] : value.bytes().toByteArray();
  }

  @Override
  public void putState(String key, byte[] value) {
    requireKey(key);
    writes.put(key, KVWrite.newBuilder().setKey(key).setValue(ByteString.copyFrom(value)).build());
  }

  @Override
  public void delState(String key) {
    requireKey(key);
    writes.put(key, KVWrite.newBuilder().setKey(key).setIsDelete(true).build());
  }

  private static void requireKey(String key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a key is empty");
    }
  }

  @Override
  public QueryResultsIterator<KeyValue> getStateByRange(String startKey, String endKey) {
    String start = startKey.isEmpty() ? FIRST_SIMPLE_KEY : startKey;
    RangeEntries entries =
        new RangeEntries(start, endKey, state.range(namespace, start, endKey).iterator());
    ranges.add(entries);
    return entries;
  }

  @Override
  public void setEvent(String name, byte[] payload) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an event's name is empty");
    }
    event =
        ChaincodeEvent.newBuilder()
            .setChaincodeId(namespace)
            .setTxId(proposal.txId())
            .setEventName(name)
            .setPayload(ByteString.copyFrom(payload))
            .build()
            .toByteString();
  }

  /** Fabric's serialised event, empty if none was set. */
  ByteString event() {
    return event;
  }

  /** Fabric's serialised read and write sets; the same at every peer with the same state. */
  ByteString readWriteSet() {
    KVRWSet.Builder set =
        KVRWSet.newBuilder().addAllReads(reads.values()).addAllWrites(writes.values());
    ranges.forEach(range -> range.addTo(set));
    return TxReadWriteSet.newBuilder()
        .setDataModel(TxReadWriteSet.DataModel.KV)
        .addNsRwset(
            NsReadWriteSet.newBuilder()
                .setNamespace(namespace)
                .setRwset(set.build().toByteString()))
        .build()
        .toByteString();
  }

  private static KVRead read(String key, WorldState.@Nullable Value value) {
    KVRead.Builder read = KVRead.newBuilder().setKey(key);
    if (value != null) {
      read.setVersion(
          Version.newBuilder()
              .setBlockNum(value.version().block())
              .setTxNum(value.version().transaction()));
    }
    return read.build();
  }

  /** A range that remembers how far it was read. */
  private static final class RangeEntries
      implements QueryResultsIterator<KeyValue>, Iterator<KeyValue> {
    private final String start;
    private final String end;
    private final Iterator<WorldState.Entry> entries;
    private final List<KVRead> seen = new ArrayList<>();
    private WorldState.@Nullable Entry next;
    private boolean looked;
    private boolean exhausted;

    RangeEntries(String start, String end, Iterator<WorldState.Entry> entries) {
      this.start = start;
      this.end = end;
      this.entries = entries;
    }

    @Override
    public Iterator<KeyValue> iterator() {
      return this;
    }

    @Override
    public boolean hasNext() {
      if (next == null && !exhausted) {
        looked = true;
        if (entries.hasNext()) {
          WorldState.Entry entry = entries.next();
          seen.add(read(entry.key(), entry.value()));
          next = entry;
        } else {
          exhausted = true;
        }
      }
      return next != null;
    }

    @Override
    public KeyValue next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      WorldState.Entry entry = next;
      next = null;
      return new KeyAndValue(entry.key(), entry.value().bytes().toByteArray());
    }

    @Override
    public void close() {
      // Nothing to free; what was not looked at until now stays unread.
    }

    void addTo(KVRWSet.Builder set) {
      if (looked) {
        set.addRangeQueriesInfo(
            RangeQueryInfo.newBuilder()
                .setStartKey(start)
                .setEndKey(exhausted ? end : seen.getLast().getKey())
                .setItrExhausted(exhausted)
                .setRawReads(QueryReads.newBuilder().addAllKvReads(seen)));
      }
    }
  }

  private record KeyAndValue(String key, byte[] bytes) implements KeyValue {
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
