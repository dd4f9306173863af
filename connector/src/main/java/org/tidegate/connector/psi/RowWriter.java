package org.tidegate.connector.psi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;

/**
 * Writes chosen rows of a file. DuckDB asks, chunk by chunk, which row numbers are chosen, so
 * nothing is joined or sorted.
 */
final class RowWriter {
  private static final String CHOSEN = "tidegate_chosen";
  private static final String ROW_COLUMN = "tidegate row number";

  private final Connection connection;
  private final String relation;
  private final boolean numbered;
  private final AtomicReference<long[]> chosen = new AtomicReference<>(new long[0]);

  /**
   * @param numbered whether DuckDB numbers the relation's rows by itself, in {@code
   *     file_row_number}; then several threads read it
   */
  RowWriter(Connection connection, String relation, boolean numbered) throws SQLException {
    this.connection = connection;
    this.relation = relation;
    this.numbered = numbered;
    DuckDBFunctions.scalarFunction()
        .withName(CHOSEN)
        .withParameter(Long.class)
        .withReturnType(Boolean.class)
        .withVectorizedFunction(this::choose)
        .register(connection);
  }

  private void choose(DuckDBDataChunkReader numbers, DuckDBWritableVector out) {
    long[] bits = chosen.get();
    DuckDBReadableVector number = numbers.vector(0);
    long rows = numbers.rowCount();
    for (long i = 0; i < rows; i++) {
      long n = number.getLong(i);
      int word = (int) (n >>> 6);
      out.setBoolean(i, word < bits.length && (bits[word] >>> n & 1) != 0);
    }
  }

  /**
   * Writes the rows, in the relation's order, under another name, and moves them there when they
   * are whole. Neither a failure nor the end of the process leaves anything.
   *
   * @param rows their numbers, from 0
   */
  void write(int[] rows, Path out) throws SQLException, IOException {
    chosen.set(bits(rows));
    Path target = out.toAbsolutePath();
    Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
    CountDownLatch over = new CountDownLatch(1);
    try (Statement statement = connection.createStatement()) {
      Thread hook = new Thread(() -> abandon(statement, over, partial), "psi-discard");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        copy(statement, out, partial);
        Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        chosen.set(new long[0]);
        discard(partial);
        over.countDown();
        forget(hook);
      }
    }
  }

  private void copy(Statement statement, Path out, Path partial) throws SQLException {
    DuckFile.threads(connection, Runtime.getRuntime().availableProcessors());
    statement.execute(
        "COPY ("
            + selection()
            + ") TO "
            + DuckFile.literal(partial)
            + (DuckFile.isParquet(out)
                ? " (FORMAT parquet, USE_TMP_FILE false)"
                : " (FORMAT csv, HEADER true, USE_TMP_FILE false)"));
  }

  /** The process is ending: stops the writer, waits for it, and takes away what it has written. */
  private static void abandon(Statement statement, CountDownLatch over, Path partial) {
    try {
      statement.cancel();
      boolean unused = over.await(2, TimeUnit.SECONDS);
    } catch (SQLException e) {
      // It has come to its end meanwhile.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    discard(partial);
  }

  private String selection() {
    if (numbered) {
      return "SELECT * FROM " + relation + " WHERE " + CHOSEN + "(file_row_number)";
    }
    String n = DuckFile.identifier(ROW_COLUMN);
    return "SELECT * EXCLUDE ("
        + n
        + ") FROM (SELECT *, row_number() OVER () - 1 AS "
        + n
        + " FROM "
        + relation
        + ") WHERE "
        + CHOSEN
        + "("
        + n
        + ")";
  }

  private static long[] bits(int[] rows) {
    int last = -1;
    for (int row : rows) {
      last = Math.max(last, row);
    }
    long[] bits = new long[(last >> 6) + 1];
    for (int row : rows) {
      bits[row >> 6] |= 1L << row;
    }
    return bits;
  }

  private static void forget(Thread hook) {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook runs.
      return;
    }
  }

  private static void discard(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // What is left has a name of its own and harms nothing.
      return;
    }
  }
}
