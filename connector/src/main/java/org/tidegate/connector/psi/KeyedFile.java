package org.tidegate.connector.psi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.tidegate.mpc.bytes.PackedBytes;

/**
 * A CSV (with a header) or Parquet file and the columns of its key. Fields of a CSV file are text
 * exactly as written, so that codes keep their leading zeros; values of a Parquet file are the
 * canonical text of their {@link KeyKind}. A row with a NULL (or an empty field of a CSV file) in
 * its key matches nothing.
 *
 * <p>It keeps a DuckDB in memory until it is closed. Used by one thread.
 */
public final class KeyedFile implements AutoCloseable {
  private static final String NUMBERED = "file_row_number";
  private static final String TABLE = "tidegate_keys";

  /** Up to here a file is read in one go: memory for some times its size is there anyway. */
  private static final long SMALL_FILE_BYTES = 64 << 20;

  private final Path file;
  private final String relation;
  private final List<Column> key;
  private final Connection connection;
  private final RowWriter writer;
  private final boolean numbered;
  private boolean kept;

  private record Column(String name, String type, KeyKind kind) {
    String canonical() {
      return KeyKind.canonical(DuckFile.identifier(name), type);
    }
  }

  private KeyedFile(
      Path file, List<Column> key, Connection connection, RowWriter writer, boolean numbered) {
    this.file = file;
    this.relation = DuckFile.relation(file);
    this.key = key;
    this.connection = connection;
    this.writer = writer;
    this.numbered = numbered;
  }

  /**
   * A file's keys.
   *
   * @param keys those of all rows that have one, in the file's order
   * @param rows for each key, the number of its row in the file, from 0
   * @param fileRows rows of the file
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  public record Keys(PackedBytes keys, int[] rows, int fileRows) {
    /** The rows of some keys. */
    public int[] rowsOf(int[] matches) {
      int[] matched = new int[matches.length];
      for (int i = 0; i < matched.length; i++) {
        matched[i] = rows[matches[i]];
      }
      return matched;
    }
  }

  /**
   * Opens a file.
   *
   * @param key the columns of the key, in the order in which they pair with the other file's
   * @throws PsiInputException if the file, its format or a column does not do
   */
  public static KeyedFile open(Path file, List<String> key) {
    if (!Files.isRegularFile(file)) {
      throw new PsiInputException("psi.file", "there is no file " + file + "; check the path");
    }
    String relation = DuckFile.relation(file);
    try {
      Connection connection = DuckFile.connect();
      try {
        Map<String, String> types = DuckFile.columns(connection, relation);
        List<Column> columns = resolve(file, types, key);
        boolean numbered =
            DuckFile.isParquet(file)
                && types.keySet().stream().noneMatch(NUMBERED::equalsIgnoreCase);
        RowWriter writer = new RowWriter(connection, relation, numbered);
        return new KeyedFile(file, columns, connection, writer, numbered);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Which file this is, in which state, with which key and in which role. */
  String words(boolean receives) {
    try {
      return "the %s file %s of %d bytes, changed %s, by %s"
          .formatted(
              receives ? "left" : "right",
              file.toAbsolutePath().normalize(),
              Files.size(file),
              Files.getLastModifiedTime(file),
              key.stream().map(Column::name).collect(Collectors.joining(", ")));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** What the columns of the key hold, in their order. */
  public List<KeyKind> kinds() {
    return key.stream().map(Column::kind).toList();
  }

  /**
   * Checks that keys of this file can equal keys of one with these kinds.
   *
   * @param whose how messages name the other
   * @throws PsiInputException naming the column that can match nothing
   */
  public void requireMatches(List<KeyKind> other, String whose) {
    if (other.size() != key.size()) {
      throw new PsiInputException(
          "psi.key",
          "the key of "
              + file
              + " has "
              + key.size()
              + " columns, and that of "
              + whose
              + " has "
              + other.size()
              + "; name as many on both sides");
    }
    for (int i = 0; i < other.size(); i++) {
      Column column = key.get(i);
      if (!column.kind.matches(other.get(i))) {
        throw new PsiInputException(
            "psi.type",
            file
                + ": column '"
                + column.name
                + "' holds "
                + column.kind
                + " values ("
                + column.type
                + "), and "
                + whose
                + " "
                + other.get(i)
                + " values in its place, so nothing can match; write both in one type, or as text");
      }
    }
  }

  /** Whether the file is so short that it is read in one go. */
  public boolean isSmall() {
    try {
      return Files.size(file) <= SMALL_FILE_BYTES;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** How many rows the file has, with a key or without one. */
  public int rows() {
    return reading(() -> KeyReader.count(connection, isSmall() ? relation : source().relation()));
  }

  /**
   * Reads the keys in the file's order. One column: its text. Several: each behind its length in
   * bytes and a colon, so that no two keys run together.
   *
   * @throws PsiInputException if the file cannot be read, or one column of a key is longer than
   *     50,000 bytes
   */
  public Keys keys() {
    return reading(() ->
        isSmall()
            ? KeyReader.whole(connection, key.size(), "SELECT " + texts() + " FROM " + relation)
            : KeyReader.inBlocks(connection, key.size(), source(), KeyReader.BLOCK_ROWS));
  }

  /**
   * Reads the keys block by block, in the file's order, and keeps none.
   *
   * @param taker takes each block; its {@link Keys#rows} are numbers within the whole file
   * @throws PsiInputException as {@link #keys}
   */
  public void stream(Consumer<Keys> taker) {
    int unused =
        reading(() -> {
          KeyReader.stream(connection, key.size(), source(), KeyReader.BLOCK_ROWS, taker);
          return 0;
        });
  }

  private interface Reading<T> {
    T read() throws SQLException;
  }

  private <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SQLException e) {
      throw unreadable(file, e);
    } catch (PsiInputException e) {
      throw new PsiInputException(e.code(), file + ": " + e.getMessage());
    }
  }

  private String texts() {
    StringBuilder select = new StringBuilder();
    for (int i = 0; i < key.size(); i++) {
      select.append(i == 0 ? "" : ", ").append(key.get(i).canonical()).append(" AS k").append(i);
    }
    return select.toString();
  }

  /** The keys by row number: of a CSV file DuckDB keeps the texts in a table of its own. */
  private KeyReader.Numbered source() throws SQLException {
    if (numbered) {
      return new KeyReader.Numbered("SELECT " + texts() + " FROM " + relation, relation, NUMBERED);
    }
    try (Statement statement = connection.createStatement()) {
      if (!kept) {
        // In the file's order: one thread.
        DuckFile.threads(connection, 1);
        statement.execute(
            "CREATE TEMP TABLE " + TABLE + " AS SELECT " + texts() + " FROM " + relation);
        kept = true;
      }
    }
    return new KeyReader.Numbered("SELECT * FROM " + TABLE, TABLE, "rowid");
  }

  /**
   * Checks that {@link #write} can go there, before any work is done.
   *
   * @throws PsiInputException if it cannot
   */
  public static void checkTarget(Path out) {
    Path directory = out.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new PsiInputException(
          "psi.out", "there is no directory to write " + out + " into; make it first");
    }
    if (Files.isDirectory(out)) {
      throw new PsiInputException("psi.out", out + " is a directory; name a file");
    }
    boolean unused = DuckFile.isParquet(out);
  }

  /**
   * Writes some rows with all their columns, in the file's order. The file appears whole or not at
   * all.
   *
   * @param rows numbers of rows, from 0
   * @param out where to, its ending naming the format
   * @throws PsiInputException if it cannot be written
   */
  public void write(int[] rows, Path out) {
    checkTarget(out);
    try {
      writer.write(rows, out);
    } catch (SQLException | IOException e) {
      throw new PsiInputException(
          "psi.out",
          out + " cannot be written: " + DuckFile.firstLine(e) + "; nothing was left there");
    }
  }

  /** Lets the database go. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static List<Column> resolve(Path file, Map<String, String> types, List<String> key) {
    List<Column> resolved = new ArrayList<>();
    for (String wanted : key) {
      String name =
          types.keySet().stream()
              .filter(column -> column.equals(wanted))
              .findFirst()
              .or(() -> types.keySet().stream().filter(wanted::equalsIgnoreCase).findFirst())
              .orElseThrow(() ->
                  new PsiInputException(
                      "psi.column",
                      file
                          + " has no column '"
                          + wanted
                          + "'; its columns are "
                          + String.join(", ", types.keySet())));
      String type = String.valueOf(types.get(name));
      KeyKind kind =
          KeyKind.of(type)
              .orElseThrow(() ->
                  new PsiInputException(
                      "psi.type",
                      file
                          + ": column '"
                          + name
                          + "' is "
                          + type
                          + ", which cannot be a key; use text, integers, decimals, dates, times,"
                          + " booleans or UUIDs"));
      resolved.add(new Column(name, type, kind));
    }
    return resolved;
  }

  private static PsiInputException unreadable(Path file, Exception e) {
    return new PsiInputException("psi.file", file + " cannot be read: " + DuckFile.firstLine(e));
  }
}
