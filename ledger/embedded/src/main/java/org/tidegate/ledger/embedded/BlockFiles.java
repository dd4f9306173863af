package org.tidegate.ledger.embedded;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;

/**
 * A chain in append-only files {@code blocks_000000}, {@code blocks_000001}, …
 *
 * <pre>
 *   file   = "TGBLOCK1" record*
 *   record = "TGBR" length:int32 crc:int32 block      crc = CRC-32C(length ‖ block), big-endian
 * </pre>
 *
 * A block stands on disk once {@link #append} has returned: it is synced. At most the last record
 * can therefore be unfinished after a crash; it is cut off when the files are opened. Anything else
 * that does not read is damage, and opening fails with file, offset and block. One thread appends;
 * any number may read.
 */
final class BlockFiles implements Closeable {
  private static final byte[] FILE_MAGIC = "TGBLOCK1".getBytes(StandardCharsets.US_ASCII);
  private static final int RECORD_MAGIC = 0x54474252;
  private static final int RECORD_HEADER_BYTES = 12;
  private static final int MAX_BLOCK_BYTES = 128 << 20;
  private static final Pattern NAME = Pattern.compile("blocks_\\d{6}");

  /** Where a record begins. */
  private record Position(int file, long offset, int length) {}

  /** What a record holds when it is read back at opening. */
  interface Visitor {
    /**
     * @throws EmbeddedLedgerException if the block must not stand there
     */
    void visit(Block block, String where);
  }

  private final FileLayer layer;
  private final Path directory;
  private final long maxFileBytes;
  private final List<FileLayer.LedgerFile> files = new ArrayList<>();
  private final List<Path> paths = new ArrayList<>();
  private final List<Position> positions = new ArrayList<>();
  private long end;
  private @Nullable IOException failed;

  private BlockFiles(FileLayer layer, Path directory, long maxFileBytes) {
    this.layer = layer;
    this.directory = directory;
    this.maxFileBytes = maxFileBytes;
  }

  /**
   * Opens the files, reading every block once.
   *
   * @param maxFileBytes when the next file is begun
   * @param atLeast how many blocks are known to have been synced: fewer are a loss, not an
   *     unfinished write
   * @param visitor is shown each block, in order
   */
  static BlockFiles open(
      FileLayer layer, Path directory, long maxFileBytes, long atLeast, Visitor visitor)
      throws IOException {
    BlockFiles opened = new BlockFiles(layer, directory, maxFileBytes);
    try {
      opened.load(atLeast, visitor);
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void load(long atLeast, Visitor visitor) throws IOException {
    List<Path> present =
        layer.list(directory).stream()
            .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
            .toList();
    for (int index = 0; index < present.size(); index++) {
      Path path = present.get(index);
      if (!path.getFileName().toString().equals(name(index))) {
        throw new EmbeddedLedgerException(
            "the ledger's file " + directory.resolve(name(index)) + " is missing" + restore());
      }
      FileLayer.LedgerFile file = layer.open(path);
      files.add(file);
      paths.add(path);
      loadFile(index, file, index == present.size() - 1, visitor);
    }
    if (height() < atLeast) {
      throw new EmbeddedLedgerException(
          "the ledger in "
              + directory
              + " ends before block "
              + height()
              + ", but it held "
              + atLeast
              + " blocks when it was last written: its files were truncated"
              + restore());
    }
    if (files.isEmpty()) {
      begin();
    }
  }

  private void loadFile(int index, FileLayer.LedgerFile file, boolean last, Visitor visitor)
      throws IOException {
    long size = file.size();
    ByteBuffer magic = ByteBuffer.allocate(FILE_MAGIC.length);
    if (size >= FILE_MAGIC.length) {
      file.read(0, magic);
    }
    if (size < FILE_MAGIC.length || !java.util.Arrays.equals(magic.array(), FILE_MAGIC)) {
      if (!last || size > FILE_MAGIC.length) {
        throw damage(index, 0, "it does not begin as a file of blocks");
      }
      // A crash between creating the file and its first block.
      writeMagic(file);
      size = FILE_MAGIC.length;
    }
    long at = FILE_MAGIC.length;
    while (at < size) {
      @Nullable ByteBuffer body = readRecord(file, at, size);
      if (body == null) {
        cutTail(index, file, at, size, last);
        break;
      }
      int length = body.remaining();
      Block block;
      try {
        block = Block.parseFrom(body);
      } catch (InvalidProtocolBufferException e) {
        throw damage(index, at, "it does not parse as a block");
      }
      visitor.visit(block, where(index, at));
      positions.add(new Position(index, at + RECORD_HEADER_BYTES, length));
      at += RECORD_HEADER_BYTES + length;
    }
    end = at;
  }

  /** The body of the whole, intact record at {@code at}, or null. */
  private static @Nullable ByteBuffer readRecord(FileLayer.LedgerFile file, long at, long size)
      throws IOException {
    if (size - at < RECORD_HEADER_BYTES) {
      return null;
    }
    ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER_BYTES);
    file.read(at, header);
    header.flip();
    int magic = header.getInt();
    int length = header.getInt();
    int crc = header.getInt();
    if (magic != RECORD_MAGIC
        || length < 0
        || length > MAX_BLOCK_BYTES
        || length > size - at - RECORD_HEADER_BYTES) {
      return null;
    }
    ByteBuffer body = ByteBuffer.allocate(length);
    file.read(at + RECORD_HEADER_BYTES, body);
    body.flip();
    return crc(body) == crc ? body : null;
  }

  /** Cuts an unfinished last record; anything else that does not read is damage. */
  private void cutTail(int index, FileLayer.LedgerFile file, long at, long size, boolean last)
      throws IOException {
    if (!last || hasRecordAfter(file, at, size)) {
      throw damage(index, at, "its bytes were altered");
    }
    file.truncate(at);
    file.sync();
  }

  /** Whether an intact record stands behind {@code at}: then the one at {@code at} was finished. */
  private static boolean hasRecordAfter(FileLayer.LedgerFile file, long at, long size)
      throws IOException {
    long from = at + 1;
    int window = 1 << 20;
    while (from + RECORD_HEADER_BYTES <= size) {
      int count = (int) Math.min(window, size - from);
      ByteBuffer bytes = ByteBuffer.allocate(count);
      file.read(from, bytes);
      for (int i = 0; i + 4 <= count; i++) {
        if (bytes.getInt(i) == RECORD_MAGIC && readRecord(file, from + i, size) != null) {
          return true;
        }
      }
      // Overlap, so that a mark across two windows is seen.
      from += Math.max(1, count - 3);
    }
    return false;
  }

  private EmbeddedLedgerException damage(int index, long offset, String what) {
    return new EmbeddedLedgerException(where(index, offset) + " is damaged: " + what + restore());
  }

  private String where(int index, long offset) {
    return "block " + positions.size() + " in " + paths.get(index) + " at offset " + offset;
  }

  private static String restore() {
    return "; restore the directory from a backup, or remove it to fetch the chain anew from the"
        + " orderer";
  }

  private static String name(int index) {
    return "blocks_%06d".formatted(index);
  }

  private static void writeMagic(FileLayer.LedgerFile file) throws IOException {
    file.truncate(0);
    file.append(ByteBuffer.wrap(FILE_MAGIC));
    file.sync();
  }

  private void begin() throws IOException {
    Path path = directory.resolve(name(files.size()));
    FileLayer.LedgerFile file = layer.open(path);
    try {
      writeMagic(file);
      layer.syncDirectory(directory);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    files.add(file);
    paths.add(path);
    end = FILE_MAGIC.length;
  }

  /** How many blocks there are. */
  synchronized long height() {
    return positions.size();
  }

  /** Reads a block. */
  Block read(long number) throws IOException {
    Position position;
    FileLayer.LedgerFile file;
    synchronized (this) {
      position = positions.get(Math.toIntExact(number));
      file = files.get(position.file());
    }
    ByteBuffer body = ByteBuffer.allocate(position.length());
    file.read(position.offset(), body);
    body.flip();
    return Block.parseFrom(body);
  }

  /**
   * Appends a block and syncs it. A write that fails, as on a full disk, leaves the files as they
   * were, and may be tried again; after a sync that fails nothing is certain, so no more is written
   * until the files are opened anew.
   *
   * @throws IOException saying so
   */
  synchronized void append(Block block) throws IOException {
    if (failed != null) {
      throw new IOException(
          "nothing more is written to "
              + directory
              + " until the node restarts, since "
              + failed.getMessage(),
          failed);
    }
    byte[] bytes = block.toByteArray();
    if (end > FILE_MAGIC.length && end + bytes.length > maxFileBytes) {
      begin();
    }
    FileLayer.LedgerFile file = files.getLast();
    ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER_BYTES + bytes.length);
    record.putInt(RECORD_MAGIC).putInt(bytes.length).putInt(crc(ByteBuffer.wrap(bytes)));
    record.put(bytes).flip();
    try {
      file.append(record);
    } catch (IOException e) {
      undo(file, e);
      throw new IOException(
          "cannot write block " + height() + " to " + paths.getLast() + ": " + e.getMessage(), e);
    }
    try {
      file.sync();
    } catch (IOException e) {
      failed = e;
      throw new IOException(
          "cannot sync block " + height() + " to " + paths.getLast() + ": " + e.getMessage(), e);
    }
    positions.add(new Position(files.size() - 1, end + RECORD_HEADER_BYTES, bytes.length));
    end += RECORD_HEADER_BYTES + bytes.length;
  }

  private void undo(FileLayer.LedgerFile file, IOException cause) {
    try {
      file.truncate(end);
      file.sync();
    } catch (IOException e) {
      e.addSuppressed(cause);
      failed = e;
    }
  }

  private static int crc(ByteBuffer body) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(body.remaining()).flip());
    crc.update(body.duplicate());
    return (int) crc.getValue();
  }

  @Override
  public synchronized void close() throws IOException {
    IOException first = null;
    for (FileLayer.LedgerFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        first = e;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
