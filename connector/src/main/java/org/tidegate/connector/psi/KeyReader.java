package org.tidegate.connector.psi;

import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.function.Consumer;
import org.tidegate.mpc.bytes.PackedBytes;

/**
 * Brings columns of texts from DuckDB into arrays, as two values a column rather than as a million:
 * DuckDB strings the texts together, and their lengths as one character each. A character's code
 * point is 1 for NULL, and the length in bytes plus 2 otherwise. A large file is read block by
 * block, so that DuckDB never holds more than one.
 */
final class KeyReader {
  /** Rows of a block: so many that a million rows are read in one go. */
  static final int BLOCK_ROWS = 1 << 20;

  /** The longest text in bytes; code points above that are no characters. */
  static final int MAX_TEXT_BYTES = 50_000;

  private static final int NULL = -1;
  private static final int CODE_EMPTY = 2;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 16;
  private static final int MAX_HEAD_BYTES = 6;

  /** The texts of one column, one behind the other, and a cursor over them. */
  private static final class Texts {
    private final byte[] data;
    private final byte[] codes;
    private int codeAt;
    private int start;
    private int end;

    Texts(byte[] data, byte[] codes) {
      this.data = data;
      this.codes = codes;
    }

    /** Goes to the next row; its text is data[start..end) afterwards. False for NULL. */
    boolean next() {
      int length = nextCode() - CODE_EMPTY;
      start = end;
      end += Math.max(0, length);
      return length != NULL;
    }

    /** UTF-8 of one to three bytes: 0xxxxxxx, 110xxxxx 10xxxxxx, 1110xxxx 10xxxxxx 10xxxxxx. */
    private int nextCode() {
      int first = codes[codeAt++];
      if (first >= 0) {
        return first;
      }
      int second = codes[codeAt++] & 0x3f;
      if ((first & 0x20) == 0) {
        return (first & 0x1f) << 6 | second;
      }
      return (first & 0x0f) << 12 | second << 6 | codes[codeAt++] & 0x3f;
    }

    void requireEnd() {
      if (codeAt != codes.length || end != data.length) {
        throw new IllegalStateException("lengths and texts of the keys do not fit");
      }
    }
  }

  private final Connection connection;
  private final int columns;
  private byte[] data = new byte[0];
  private int[] offsets = new int[1];
  private int[] rows = new int[0];
  private int count;
  private int fileRows;

  private KeyReader(Connection connection, int columns) {
    this.connection = connection;
    this.columns = columns;
  }

  /**
   * A relation whose rows can be read by their numbers.
   *
   * @param select what gives the columns k0, k1 … of DuckDB texts, and takes a WHERE
   * @param relation what is counted
   * @param number the column that numbers the rows from 0
   */
  record Numbered(String select, String relation, String number) {
    String rows(long from, long to) {
      return select + " WHERE " + number + " >= " + from + " AND " + number + " < " + to;
    }
  }

  /**
   * The keys of a relation in one go, in its order. Of one text: the text. Of several: each behind
   * its length in bytes in decimal and a colon.
   *
   * @param select as in {@link Numbered}
   */
  static KeyedFile.Keys whole(Connection connection, int columns, String select)
      throws SQLException {
    // One thread takes the rows as they come; with more, the pieces would be strung in any order.
    DuckFile.threads(connection, 1);
    KeyReader reader = new KeyReader(connection, columns);
    reader.block(select);
    return reader.keys();
  }

  /** The keys of a relation, read block by block. */
  static KeyedFile.Keys inBlocks(Connection connection, int columns, Numbered source, int blockRows)
      throws SQLException {
    DuckFile.threads(connection, 1);
    KeyReader reader = new KeyReader(connection, columns);
    reader.blocks(source, blockRows);
    return reader.keys();
  }

  /** Hands the keys of a relation over block by block, and keeps none. */
  static void stream(
      Connection connection,
      int columns,
      Numbered source,
      int blockRows,
      Consumer<KeyedFile.Keys> taker)
      throws SQLException {
    DuckFile.threads(connection, 1);
    long total = count(connection, source.relation);
    for (long from = 0; from < total; from += blockRows) {
      KeyReader reader = new KeyReader(connection, columns);
      reader.fileRows = (int) from;
      reader.block(source.rows(from, Math.min(total, from + blockRows)));
      taker.accept(reader.keys());
    }
  }

  /** Rows of a relation. */
  static int count(Connection connection, String relation) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + relation)) {
      long total = result.next() ? result.getLong(1) : 0;
      requireSize(total);
      return (int) total;
    }
  }

  private void blocks(Numbered source, int blockRows) throws SQLException {
    long total = count(connection, source.relation);
    offsets = new int[(int) total + 1];
    rows = new int[(int) total];
    for (long from = 0; from < total; from += blockRows) {
      long to = Math.min(total, from + blockRows);
      block(source.rows(from, to));
      if (from == 0 && to < total) {
        // The other blocks are likely like the first; a little more spares a copy.
        reserve(Math.min(MAX_ARRAY, (total / blockRows + 1) * (offsets[count] * 17L / 16)));
      }
    }
    if (fileRows != total) {
      throw new IllegalStateException("the file changed while it was read");
    }
  }

  private void block(String select) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query(select))) {
      if (!result.next()) {
        throw new SQLException("an aggregate has no row");
      }
      requireSize(result.getLong(1));
      Texts[] texts = new Texts[columns];
      for (int i = 0; i < columns; i++) {
        int at = 2 + 3 * i;
        if (result.getLong(at) > MAX_TEXT_BYTES) {
          throw new PsiInputException(
              "psi.key",
              "a key is "
                  + result.getLong(at)
                  + " bytes long, and at most "
                  + MAX_TEXT_BYTES
                  + " are taken; choose other columns as the key");
        }
        texts[i] = new Texts(bytes(result, at + 1), bytes(result, at + 2));
      }
      add((int) result.getLong(1), texts);
    }
  }

  private String query(String select) {
    StringBuilder query = new StringBuilder("SELECT count(*)");
    for (int i = 0; i < columns; i++) {
      String k = "k" + i;
      query
          .append(", max(strlen(" + k + ")), encode(string_agg(" + k + ", ''))")
          // Not the least of lengths: DuckDB's least() passes over NULL.
          .append(", encode(string_agg(chr(CAST(least(coalesce(strlen(" + k + ") + " + CODE_EMPTY)
          .append(", " + (NULL + CODE_EMPTY) + "), " + (MAX_TEXT_BYTES + CODE_EMPTY))
          .append(") AS INTEGER)), ''))");
    }
    return query + " FROM (" + select + ")";
  }

  private static byte[] bytes(ResultSet result, int column) throws SQLException {
    Blob blob = result.getBlob(column);
    if (blob == null) {
      return new byte[0];
    }
    requireSize(blob.length());
    return blob.getBytes(1, (int) blob.length());
  }

  private static void requireSize(long size) {
    if (size > MAX_ARRAY) {
      throw new PsiInputException(
          "psi.size", "its keys take 2 GiB or more; divide the file by a part of the key");
    }
  }

  private void add(int blockRows, Texts[] texts) {
    requireSize((long) fileRows + blockRows);
    if (count + blockRows > rows.length) {
      offsets = Arrays.copyOf(offsets, count + blockRows + 1);
      rows = Arrays.copyOf(rows, count + blockRows);
    }
    if (texts.length == 1) {
      unpack(blockRows, texts[0]);
    } else {
      join(blockRows, texts);
    }
    for (Texts column : texts) {
      column.requireEnd();
    }
    fileRows += blockRows;
  }

  private void unpack(int blockRows, Texts texts) {
    int base = offsets[count];
    if (base == 0) {
      data = texts.data;
    } else {
      reserve((long) base + texts.data.length);
      System.arraycopy(texts.data, 0, data, base, texts.data.length);
    }
    for (int row = 0; row < blockRows; row++) {
      if (texts.next()) {
        rows[count] = fileRows + row;
        offsets[++count] = base + texts.end;
      }
    }
  }

  private void join(int blockRows, Texts[] columns) {
    for (int row = 0; row < blockRows; row++) {
      boolean whole = true;
      long bytes = offsets[count];
      for (Texts texts : columns) {
        whole &= texts.next();
        bytes += texts.end - texts.start + MAX_HEAD_BYTES;
      }
      if (!whole) {
        continue;
      }
      if (bytes > data.length) {
        reserve(Math.max(bytes, Math.min(MAX_ARRAY, bytes * 2)));
      }
      int at = offsets[count];
      for (Texts texts : columns) {
        at = append(texts, data, at);
      }
      rows[count] = fileRows + row;
      offsets[++count] = at;
    }
  }

  private void reserve(long bytes) {
    requireSize(bytes);
    if (bytes > data.length) {
      data = Arrays.copyOf(data, (int) bytes);
    }
  }

  private static int append(Texts texts, byte[] data, int at) {
    int length = texts.end - texts.start;
    int digits = 1;
    for (int rest = length / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int colon = at + digits;
    data[colon] = ':';
    for (int i = colon - 1, rest = length; i >= at; i--, rest /= 10) {
      data[i] = (byte) ('0' + rest % 10);
    }
    System.arraycopy(texts.data, texts.start, data, colon + 1, length);
    return colon + 1 + length;
  }

  private KeyedFile.Keys keys() {
    int bytes = offsets[count];
    boolean roomy = data.length - bytes > bytes / 8;
    boolean all = count == rows.length;
    return new KeyedFile.Keys(
        new PackedBytes(
            roomy ? Arrays.copyOf(data, bytes) : data,
            all ? offsets : Arrays.copyOf(offsets, count + 1)),
        all ? rows : Arrays.copyOf(rows, count),
        fileRows);
  }
}
