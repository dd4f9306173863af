package org.tidegate.ledger.audit.block;

import com.google.protobuf.ByteString;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.jspecify.annotations.Nullable;

/** Keys, values and versions after some block. Not safe for threads: whoever shares it locks it. */
public final class WorldState {
  /** The block and the place in it at which a value was written. */
  public record Version(long block, long transaction) {}

  /** A value and when it was written. */
  public record Value(ByteString bytes, Version version) {}

  // Ordered by the bytes of UTF-8, as Fabric's key-value stores order.
  private final NavigableMap<ByteString, Value> values =
      new TreeMap<>(ByteString.unsignedLexicographicalComparator());

  /** The value of a key, or null. */
  public @Nullable Value get(String namespace, String key) {
    return values.get(composite(namespace, key));
  }

  /**
   * The values with {@code start <= key < end}, by key.
   *
   * @param end exclusive; empty means to the end of the namespace
   */
  public Iterable<java.util.Map.Entry<String, Value>> range(
      String namespace, String start, String end) {
    ByteString prefix = composite(namespace, "");
    ByteString to =
        end.isEmpty()
            ? ByteString.copyFromUtf8(namespace).concat(ByteString.copyFrom(new byte[] {1}))
            : composite(namespace, end);
    ByteString from = composite(namespace, start);
    if (ByteString.unsignedLexicographicalComparator().compare(from, to) >= 0) {
      return java.util.List.of();
    }
    return () ->
        values.subMap(from, true, to, false).entrySet().stream()
            .map(entry ->
                java.util.Map.entry(
                    entry.getKey().substring(prefix.size()).toStringUtf8(), entry.getValue()))
            .iterator();
  }

  /** Applies the writes of a valid transaction. */
  public void apply(EndorserTransaction transaction, Version version) {
    for (EndorserTransaction.Namespace namespace : transaction.writes()) {
      for (KVWrite write : namespace.set().getWritesList()) {
        ByteString key = composite(namespace.name(), write.getKey());
        if (write.getIsDelete()) {
          values.remove(key);
        } else {
          values.put(key, new Value(write.getValue(), version));
        }
      }
    }
  }

  /** How many keys there are. */
  public int size() {
    return values.size();
  }

  private static ByteString composite(String namespace, String key) {
    return ByteString.copyFromUtf8(namespace)
        .concat(ByteString.copyFrom(new byte[] {0}))
        .concat(ByteString.copyFromUtf8(key));
  }
}
