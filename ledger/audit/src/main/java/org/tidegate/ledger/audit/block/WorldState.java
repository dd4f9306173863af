package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.jspecify.annotations.Nullable;

/** Keys, values and versions after some block. Not safe for threads: whoever shares it locks it. */
public final class WorldState {
  private static final Comparator<ByteString> BYTE_ORDER =
      ByteString.unsignedLexicographicalComparator();

  /** The block and the place in it at which a value was written. */
  public record Version(long block, long transaction) {}

  /** A value and when it was written. */
  public record Value(ByteString bytes, Version version) {}

  /** A key with its value. */
  public record Entry(String key, Value value) {}

  // Ordered by the bytes of UTF-8, as Fabric's key-value stores order.
  private final NavigableMap<ByteString, Value> values = new TreeMap<>(BYTE_ORDER);
  private final boolean keepsBytes;

  /** An empty state. */
  public WorldState() {
    this(true);
  }

  private WorldState(boolean keepsBytes) {
    this.keepsBytes = keepsBytes;
  }

  /** An empty state that keeps versions only: every value reads as empty. */
  static WorldState ofVersions() {
    return new WorldState(false);
  }

  /** The value of a key, or null. */
  public @Nullable Value get(String namespace, String key) {
    return values.get(composite(namespace, key));
  }

  /**
   * The values with {@code start <= key < end}, by key.
   *
   * @param end exclusive; empty means to the end of the namespace
   */
  public Iterable<Entry> range(String namespace, String start, String end) {
    return entries(values, Range.of(namespace, start, end, false));
  }

  /** A batch of writes over this state as it stands; it must not change while the batch is used. */
  public Batch batch() {
    return new Batch();
  }

  /** Applies a batch that was made of this state. */
  public void apply(Batch batch) {
    batch.changes.forEach((key, value) -> {
      if (value == Batch.DELETED) {
        values.remove(key);
      } else {
        values.put(key, value);
      }
    });
  }

  /** How many keys there are. */
  public int size() {
    return values.size();
  }

  /** The state as it will be once the batch is applied. */
  public final class Batch {
    private static final Value DELETED = new Value(ByteString.EMPTY, new Version(-1, -1));

    private final NavigableMap<ByteString, Value> changes = new TreeMap<>(BYTE_ORDER);

    private Batch() {}

    /** The value of a key after the batch, or null. */
    public @Nullable Value get(String namespace, String key) {
      ByteString composite = composite(namespace, key);
      Value change = changes.get(composite);
      if (change == null) {
        return values.get(composite);
      }
      return change == DELETED ? null : change;
    }

    /**
     * The values from {@code start} on, by key, after the batch.
     *
     * @param end empty means to the end of the namespace
     * @param inclusive whether {@code end} itself belongs to the range
     */
    Iterable<Entry> range(String namespace, String start, String end, boolean inclusive) {
      Range range = Range.of(namespace, start, end, inclusive);
      NavigableMap<ByteString, Value> changed = range.of(changes);
      if (changed.isEmpty()) {
        return entries(values, range);
      }
      NavigableMap<ByteString, Value> merged = new TreeMap<>(BYTE_ORDER);
      merged.putAll(range.of(values));
      changed.forEach((key, value) -> {
        if (value == DELETED) {
          merged.remove(key);
        } else {
          merged.put(key, value);
        }
      });
      return entries(merged, range);
    }

    /** Adds the writes of a valid transaction. */
    public void add(EndorserTransaction transaction, Version version) {
      for (EndorserTransaction.Namespace namespace : transaction.writes()) {
        for (KVWrite write : namespace.set().getWritesList()) {
          changes.put(
              composite(namespace.name(), write.getKey()),
              write.getIsDelete()
                  ? DELETED
                  : new Value(keepsBytes ? write.getValue() : ByteString.EMPTY, version));
        }
      }
    }
  }

  /** Composite keys from {@code from} to {@code to}; empty where from is beyond to. */
  private record Range(ByteString prefix, ByteString from, ByteString to, boolean inclusive) {
    static Range of(String namespace, String start, String end, boolean inclusive) {
      return new Range(
          composite(namespace, ""),
          composite(namespace, start),
          end.isEmpty()
              ? ByteString.copyFromUtf8(namespace).concat(ByteString.copyFrom(new byte[] {1}))
              : composite(namespace, end),
          inclusive && !end.isEmpty());
    }

    NavigableMap<ByteString, Value> of(NavigableMap<ByteString, Value> map) {
      return BYTE_ORDER.compare(from, to) > 0
          ? new TreeMap<>(BYTE_ORDER)
          : map.subMap(from, true, to, inclusive);
    }
  }

  private static Iterable<Entry> entries(NavigableMap<ByteString, Value> map, Range range) {
    int prefix = range.prefix().size();
    return () ->
        range.of(map).entrySet().stream()
            .map(entry ->
                new Entry(entry.getKey().substring(prefix).toStringUtf8(), entry.getValue()))
            .iterator();
  }

  private static ByteString composite(String namespace, String key) {
    return ByteString.copyFromUtf8(namespace)
        .concat(ByteString.copyFrom(new byte[] {0}))
        .concat(ByteString.copyFromUtf8(key));
  }
}
