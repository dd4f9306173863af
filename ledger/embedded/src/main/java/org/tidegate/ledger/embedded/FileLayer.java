package org.tidegate.ledger.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * All that the ledger does to files. What was appended or renamed is only certain to survive a
 * crash after the matching sync returned; tests put a layer here that loses the rest.
 */
public interface FileLayer {
  /** The file system of this machine. */
  static FileLayer ofSystem() {
    return new SystemFileLayer();
  }

  /** Creates a directory and those above it, readable by this user only. */
  void createDirectories(Path directory) throws IOException;

  /** The regular files of a directory, sorted by name. */
  List<Path> list(Path directory) throws IOException;

  /** Opens a file for reading and appending; creates it where it is missing. */
  LedgerFile open(Path file) throws IOException;

  /** Renames atomically, replacing {@code to}. */
  void rename(Path from, Path to) throws IOException;

  /** Makes creations and renames in a directory survive a crash. */
  void syncDirectory(Path directory) throws IOException;

  /**
   * Takes the lock of a directory, held until closed or until the process ends.
   *
   * @param file the lock file
   * @throws IOException if another process, or this one, holds it
   */
  Closeable lock(Path file) throws IOException;

  /** An open file. Reading is safe for any number of threads beside one that writes. */
  interface LedgerFile extends Closeable {
    /** Its length in bytes. */
    long size() throws IOException;

    /**
     * Fills {@code into} from {@code position} on.
     *
     * @throws java.io.EOFException if the file ends before
     */
    void read(long position, ByteBuffer into) throws IOException;

    /** Writes all that remains in {@code bytes} at the end of the file. */
    void append(ByteBuffer bytes) throws IOException;

    /** Makes what was appended or cut survive a crash. */
    void sync() throws IOException;

    /** Cuts the file to {@code size} bytes. */
    void truncate(long size) throws IOException;
  }
}
