package org.tidegate.ledger.embedded;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A disk in memory that crashes: after a number of operations everything fails, and what is then
 * left is what was synced, plus an arbitrary part of what was not: nothing of it, a beginning, the
 * length without the bytes, or all.
 */
final class CrashingFiles implements FileLayer {
  private final Random random;
  // What a program sees now, and what is sure to survive.
  private Map<Path, Content> seen = new TreeMap<>();
  private Map<Path, Content> entries = new TreeMap<>();
  private final Set<Path> directories = new HashSet<>();
  private final Set<Path> locks = new HashSet<>();
  private long operationsLeft = Long.MAX_VALUE;
  private long bytesLeft = Long.MAX_VALUE;
  private long operations;

  /** A file's bytes, and how many of its first ones were synced. */
  private static final class Content {
    private byte[] bytes = new byte[0];
    private byte[] synced = new byte[0];
  }

  CrashingFiles(Random random) {
    this.random = random;
  }

  /** The power fails after that many further operations. */
  synchronized void crashAfter(long count) {
    operationsLeft = count;
  }

  /** The disk is full after that many further bytes. */
  synchronized void fullAfter(long bytes) {
    bytesLeft = bytes;
  }

  synchronized boolean crashed() {
    return operationsLeft <= 0;
  }

  synchronized long operations() {
    return operations;
  }

  /** The disk after the power is back. */
  synchronized void restart() {
    Map<Path, Content> after = new TreeMap<>();
    for (Path path : union()) {
      // A creation or rename that was not synced may or may not have reached the disk.
      Content content = random.nextBoolean() ? seen.get(path) : entries.get(path);
      if (content != null) {
        content.bytes = survivor(content);
        content.synced = content.bytes;
        after.put(path, content);
      }
    }
    seen = after;
    entries = new TreeMap<>(after);
    locks.clear();
    operationsLeft = Long.MAX_VALUE;
    bytesLeft = Long.MAX_VALUE;
  }

  private Set<Path> union() {
    Set<Path> paths = new HashSet<>(seen.keySet());
    paths.addAll(entries.keySet());
    return paths;
  }

  private byte[] survivor(Content content) {
    int length = content.bytes.length;
    int synced = content.synced.length;
    if (length < synced) {
      return random.nextBoolean() ? content.bytes : content.synced;
    }
    byte[] all = Arrays.copyOf(content.bytes, length);
    System.arraycopy(content.synced, 0, all, 0, synced);
    return switch (random.nextInt(4)) {
      case 0 -> content.synced;
      case 1 -> Arrays.copyOf(all, synced + random.nextInt(length - synced + 1));
      case 2 -> {
        // The length was written, some of the bytes were not.
        if (length > synced) {
          Arrays.fill(all, synced + random.nextInt(length - synced), length, (byte) 0);
        }
        yield all;
      }
      default -> all;
    };
  }

  private void operation() throws IOException {
    operations++;
    if (operationsLeft <= 0 || --operationsLeft == 0) {
      throw new IOException("the power is out");
    }
  }

  @Override
  public synchronized void createDirectories(Path directory) throws IOException {
    operation();
    directories.add(directory);
  }

  @Override
  public synchronized List<Path> list(Path directory) {
    return seen.keySet().stream().filter(path -> directory.equals(path.getParent())).toList();
  }

  @Override
  public synchronized LedgerFile open(Path file) throws IOException {
    operation();
    if (!directories.contains(file.getParent())) {
      throw new NoSuchFileException(file.toString());
    }
    return new MemoryFile(seen.computeIfAbsent(file, path -> new Content()));
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    operation();
    Content content = seen.remove(from);
    if (content == null) {
      throw new NoSuchFileException(from.toString());
    }
    seen.put(to, content);
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    operation();
    entries.keySet().removeIf(path -> directory.equals(path.getParent()));
    seen.forEach((path, content) -> {
      if (directory.equals(path.getParent())) {
        entries.put(path, content);
      }
    });
  }

  @Override
  public synchronized Closeable lock(Path file) throws IOException {
    if (!locks.add(file)) {
      throw new IOException("in use");
    }
    return () -> {
      synchronized (CrashingFiles.this) {
        locks.remove(file);
      }
    };
  }

  private final class MemoryFile implements LedgerFile {
    private final Content content;

    MemoryFile(Content content) {
      this.content = content;
    }

    @Override
    public long size() {
      synchronized (CrashingFiles.this) {
        return content.bytes.length;
      }
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
      synchronized (CrashingFiles.this) {
        if (position + into.remaining() > content.bytes.length) {
          throw new EOFException();
        }
        into.put(content.bytes, (int) position, into.remaining());
      }
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      synchronized (CrashingFiles.this) {
        byte[] added = new byte[bytes.remaining()];
        bytes.get(added);
        boolean full = added.length > bytesLeft;
        int taken = full ? (int) bytesLeft : added.length;
        bytesLeft -= taken;
        // Also what is under way when the power goes may have reached the disk.
        byte[] grown = Arrays.copyOf(content.bytes, content.bytes.length + taken);
        System.arraycopy(added, 0, grown, content.bytes.length, taken);
        content.bytes = grown;
        operation();
        if (full) {
          throw new IOException("No space left on device");
        }
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (CrashingFiles.this) {
        operation();
        content.synced = content.bytes;
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (CrashingFiles.this) {
        operation();
        content.bytes = Arrays.copyOf(content.bytes, (int) size);
      }
    }

    @Override
    public void close() {}
  }
}
