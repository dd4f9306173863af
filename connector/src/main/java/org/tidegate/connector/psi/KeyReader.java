package org.tidegate.connector.psi;

import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.tidegate.mpc.bytes.PackedBytes;

/**
 * Brings columns of texts from DuckDB into arrays, as two values a column rather than as a million:
 * DuckDB strings the texts together, and their lengths as one character each. A character's code
 * point is 1 for NULL, and the length in bytes plus 2 otherwise.
 */
final class KeyReader {
  /** The longest text in bytes; code points above that are no characters. */
  static final int MAX_TEXT_BYTES = 50_000;

  private static final int NULL = -1;
  private static final int CODE_EMPTY = 2;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 16;

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

  private KeyReader() {}

  /**
   * The keys of a relation, in its order. Of one text: the text. Of several: each behind its length
   * in bytes in decimal and a colon.
   *
   * @param texts DuckDB texts of what a key is made of
   */
  static KeyedFile.Keys read(Connection connection, List<String> texts, String relation)
      throws SQLException {
    // One thread takes the rows as they come; with more, the pieces would be strung in any order.
    DuckFile.threads(connection, 1);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query(texts, relation))) {
      if (!result.next()) {
        throw new SQLException("an aggregate has no row");
      }
      long rows = result.getLong(1);
      requireSize(rows);
      Texts[] columns = new Texts[texts.size()];
      for (int i = 0; i < columns.length; i++) {
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
        columns[i] = new Texts(bytes(result, at + 1), bytes(result, at + 2));
      }
      return columns.length == 1 ? unpack((int) rows, columns[0]) : join((int) rows, columns);
    }
  }

  private static String query(List<String> texts, String relation) {
    StringBuilder select = new StringBuilder("SELECT count(*)");
    StringBuilder from = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      String k = "k" + i;
      select
          .append(", max(strlen(" + k + ")), encode(string_agg(" + k + ", ''))")
          // Not the least of lengths: DuckDB's least() passes over NULL.
          .append(", encode(string_agg(chr(CAST(least(coalesce(strlen(" + k + ") + " + CODE_EMPTY)
          .append(", " + (NULL + CODE_EMPTY) + "), " + (MAX_TEXT_BYTES + CODE_EMPTY))
          .append(") AS INTEGER)), ''))");
      from.append(i == 0 ? "" : ", ").append(texts.get(i)).append(" AS ").append(k);
    }
    return select + " FROM (SELECT " + from + " FROM " + relation + ")";
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

  private static KeyedFile.Keys unpack(int fileRows, Texts texts) {
    int[] offsets = new int[fileRows + 1];
    int[] rows = new int[fileRows];
    int count = 0;
    for (int row = 0; row < fileRows; row++) {
      if (texts.next()) {
        rows[count] = row;
        offsets[++count] = texts.end;
      }
    }
    texts.requireEnd();
    return keys(texts.data, offsets, rows, count, fileRows);
  }

  private static KeyedFile.Keys join(int fileRows, Texts[] columns) {
    byte[] data = new byte[1 << 16];
    int[] offsets = new int[fileRows + 1];
    int[] rows = new int[fileRows];
    int count = 0;
    for (int row = 0; row < fileRows; row++) {
      boolean whole = true;
      long bytes = offsets[count];
      for (Texts texts : columns) {
        whole &= texts.next();
        bytes += texts.end - texts.start + 6;
      }
      if (!whole) {
        continue;
      }
      if (bytes > data.length) {
        requireSize(bytes);
        data = Arrays.copyOf(data, (int) Math.min(MAX_ARRAY, bytes * 2));
      }
      int at = offsets[count];
      for (Texts texts : columns) {
        at = append(texts, data, at);
      }
      rows[count] = row;
      offsets[++count] = at;
    }
    for (Texts texts : columns) {
      texts.requireEnd();
    }
    return keys(Arrays.copyOf(data, offsets[count]), offsets, rows, count, fileRows);
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

  private static KeyedFile.Keys keys(
      byte[] data, int[] offsets, int[] rows, int count, int fileRows) {
    boolean all = count == fileRows;
    return new KeyedFile.Keys(
        new PackedBytes(data, all ? offsets : Arrays.copyOf(offsets, count + 1)),
        all ? rows : Arrays.copyOf(rows, count),
        fileRows);
  }
}
