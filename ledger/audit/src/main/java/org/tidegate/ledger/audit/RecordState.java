package org.tidegate.ledger.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;

/**
 * The contract's state during an audit: keys in memory, values in memory until there are many and
 * then in a temporary file, so that a chain of any length needs memory for its keys alone. The file
 * has no name as soon as it is open (where the system allows that) and so goes with the process.
 *
 * <p>Reading is safe for any number of threads while nobody writes.
 */
final class RecordState {
  /** Bytes of values that stay in memory. */
  static final long IN_MEMORY = 24L << 20;

  private static final int BUFFER_BYTES = 1 << 20;

  // A value is a byte[] in memory, or a Place in the file.
  private final NavigableMap<String, Object> values = new TreeMap<>();
  private final long inMemory;
  private long bytes;
  private @Nullable FileChannel file;
  private long written;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;

  private record Place(long at, int length) {}

  RecordState() {
    this(IN_MEMORY);
  }

  /**
   * @param inMemory bytes of values that stay in memory
   */
  RecordState(long inMemory) {
    this.inMemory = inMemory;
  }

  /** The value of a key, or null. */
  byte @Nullable [] get(String key) {
    Object value = values.get(key);
    return value == null ? null : bytes(value);
  }

  /**
   * The record at {@code key}, or empty. Bytes that are no record count as absent: the transaction
   * that wrote them has its finding already.
   */
  <T> Optional<T> get(String key, Function<JsonObject, T> parse) {
    byte[] present = get(key);
    if (present == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(CanonicalJson.decode(present)));
    } catch (RecordException e) {
      return Optional.empty();
    }
  }

  /** Keys with {@code from <= key < to}, in order, to be read with {@link #get}. */
  Iterable<String> keys(String from, String to) {
    SortedMap<String, Object> range =
        from.compareTo(to) <= 0 ? values.subMap(from, to) : new TreeMap<>();
    return range.keySet();
  }

  void put(String key, byte[] value) {
    if (bytes + value.length <= inMemory) {
      bytes += value.length;
      remember(values.put(key, value));
    } else {
      remember(values.put(key, append(value)));
    }
  }

  void remove(String key) {
    remember(values.remove(key));
  }

  /** Counts what a value that is gone no longer holds. */
  private void remember(@Nullable Object old) {
    if (old instanceof byte[] inHeap) {
      bytes -= inHeap.length;
    }
  }

  private byte[] bytes(Object value) {
    if (value instanceof byte[] inHeap) {
      return inHeap;
    }
    Place place = (Place) value;
    byte[] read = new byte[place.length()];
    if (place.at() >= written) {
      System.arraycopy(buffer, (int) (place.at() - written), read, 0, read.length);
      return read;
    }
    FileChannel from = file;
    if (from == null) {
      throw new IllegalStateException("a value in no file");
    }
    try {
      ByteBuffer into = ByteBuffer.wrap(read);
      while (into.hasRemaining()) {
        if (from.read(into, place.at() + into.position()) < 0) {
          throw new IOException("the audit's temporary file was cut short");
        }
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Place append(byte[] value) {
    try {
      if (buffered + value.length > buffer.length) {
        flush();
      }
      Place place = new Place(written + buffered, value.length);
      if (value.length > buffer.length) {
        write(ByteBuffer.wrap(value));
      } else {
        System.arraycopy(value, 0, buffer, buffered, value.length);
        buffered += value.length;
      }
      return place;
    } catch (IOException e) {
      throw new AuditInputException(
          "the audit keeps records in a temporary file and cannot write it: "
              + e.getMessage()
              + "; make room in "
              + System.getProperty("java.io.tmpdir"),
          e);
    }
  }

  private void flush() throws IOException {
    write(ByteBuffer.wrap(buffer, 0, buffered));
    buffered = 0;
  }

  private void write(ByteBuffer from) throws IOException {
    FileChannel to = file;
    if (to == null) {
      to = open();
      file = to;
    }
    while (from.hasRemaining()) {
      written += to.write(from, written);
    }
  }

  private static FileChannel open() throws IOException {
    Path path = Files.createTempFile("tidegate-audit", ".values");
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      Files.delete(path);
    } catch (IOException e) {
      // Some systems keep a file's name while it is open; it is deleted at the end then.
      path.toFile().deleteOnExit();
    }
    return channel;
  }
}
