package org.tidegate.benchmarks.psi;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.tidegate.connector.psi.KeyedFile;
import org.tidegate.mpc.bytes.PackedBytes;

/** The files of a measurement, and the check of its result against sets in memory. */
final class PsiFiles {
  private static final String KEY = "id";

  private PsiFiles() {}

  /**
   * A pair of files.
   *
   * @param left its matching rows are wanted
   * @param right what they are looked up in
   * @param key the columns of the key
   */
  record Pair(Path left, Path right, List<String> key) {}

  /**
   * Made-up files of {@code size} rows each, half of which match, in random order: a text of 16
   * characters as the key, an amount and a date.
   */
  static Pair make(Path directory, String name, long size) {
    Pair pair =
        new Pair(
            directory.resolve(name + "-left.parquet"),
            directory.resolve(name + "-right.parquet"),
            List.of(KEY));
    make(pair.left, 0, size);
    make(pair.right, size / 2, size);
    return pair;
  }

  private static void make(Path file, long from, long size) {
    sql(
        "COPY (SELECT format('{:016x}', hash(i)) AS "
            + KEY
            + ", (hash(i + 1) % 10000000)::DECIMAL(9, 2) AS amount,"
            + " DATE '2020-01-01' + (hash(i + 2) % 2000)::INTEGER AS day FROM range("
            + from
            + ", "
            + (from + size)
            + ") t(i) ORDER BY hash(i + "
            + from
            + ")) TO "
            + literal(file)
            + " (FORMAT parquet)");
  }

  /** The first rows of both files. */
  static Pair head(Path directory, Pair pair, long rows) {
    return new Pair(
        head(pair.left, directory, "warm-left", rows),
        head(pair.right, directory, "warm-right", rows),
        pair.key);
  }

  private static Path head(Path file, Path directory, String name, long rows) {
    boolean parquet =
        String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".parquet");
    Path head = directory.resolve(name + (parquet ? ".parquet" : ".csv"));
    sql(
        "COPY (SELECT * FROM "
            + (parquet ? "read_parquet(" : "read_csv(")
            + literal(file)
            + (parquet ? ")" : ", header = true, all_varchar = true)")
            + " LIMIT "
            + rows
            + ") TO "
            + literal(head)
            + (parquet ? " (FORMAT parquet)" : " (FORMAT csv, HEADER true)"));
    return head;
  }

  /**
   * Compares a result with what a set in memory gives: the same keys in the same order.
   *
   * @param out rows of the left file
   * @return in words what differs, or nothing if nothing does
   */
  static String differences(Pair pair, Path out, long matches) {
    KeySet there = new KeySet(keys(pair.right, pair.key));
    PackedBytes left = keys(pair.left, pair.key);
    PackedBytes written = keys(out, pair.key);
    int expected = 0;
    boolean same = true;
    for (int row = 0; row < left.rows(); row++) {
      if (there.contains(left, row)) {
        same &= expected < written.rows() && KeySet.equal(left, row, written, expected);
        expected++;
      }
    }
    if (matches != expected) {
      return matches + " matches were found, and there are " + expected;
    }
    return same && written.rows() == expected
        ? ""
        : "the rows written are not the matching rows in their order";
  }

  private static PackedBytes keys(Path file, List<String> key) {
    try (KeyedFile opened = KeyedFile.open(file, key)) {
      return opened.keys().keys();
    }
  }

  /** Rows of a file. */
  static long rows(Path file) {
    boolean parquet =
        String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".parquet");
    String relation =
        (parquet ? "read_parquet(" : "read_csv(")
            + literal(file)
            + (parquet ? ")" : ", header = true, all_varchar = true)");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + relation)) {
      return result.next() ? result.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sql(String text) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB refuses " + text, e);
    }
  }

  private static String literal(Path path) {
    return "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
  }
}
