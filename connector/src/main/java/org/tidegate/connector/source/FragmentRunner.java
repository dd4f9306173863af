package org.tidegate.connector.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/**
 * Runs an owner's fragment of a plan over the owner's rows, in a DuckDB that can open the product's
 * files and nothing else, and packs what comes out.
 *
 * <p>A fragment's column 0 is the key's canonical text, never NULL; column i + 1 is slot i: an
 * integer or decimal, taken as its unscaled integer, or a double, taken exactly as an integer at
 * 2^-1074. NULL adds nothing. Rows with equal keys must be neighbours (GROUP BY or ORDER BY the
 * key); their slots are added up.
 */
public final class FragmentRunner {
  private static final int CANCEL_POLL_MILLIS = 50;
  private static final Pattern ERROR_KIND = Pattern.compile("([A-Z][A-Za-z ]{0,40} Error):");

  private FragmentRunner() {}

  /**
   * A slot of the fragment.
   *
   * @param name what errors call it
   * @param widthBytes each number is stored in so many bytes, at least 1
   */
  public record Slot(String name, int widthBytes) {
    /** Checks the width. */
    public Slot {
      if (widthBytes < 1 || widthBytes > 1_100) {
        throw new IllegalArgumentException(name + ": " + widthBytes + " bytes are not 1 to 1100");
      }
    }
  }

  /**
   * How the caller watches and stops a run.
   *
   * @param cancelled asked about twenty times a second; once true, the run ends
   * @param rows told now and then how many rows DuckDB has delivered
   */
  public record Control(BooleanSupplier cancelled, LongConsumer rows) {
    /** Neither watched nor stopped. */
    public static final Control NONE = new Control(() -> false, rows -> {});
  }

  /**
   * Runs a fragment.
   *
   * @param sql one SELECT over the product's SQL name
   * @throws SourceException if a file is missing, a value is not of its declared type or out of
   *     range, there are more rows than were published, or the run was cancelled
   */
  public static FragmentRows run(
      ProductSource source, String sql, List<Slot> slots, SourceLimits limits, Control control) {
    try (Connection connection = source.open(limits)) {
      lock(connection, source);
      try (DuckDBPreparedStatement statement =
          (DuckDBPreparedStatement) connection.prepareStatement(sql)) {
        return watched(source, statement, slots, control);
      }
    } catch (SQLException e) {
      if (control.cancelled().getAsBoolean()) {
        throw cancelled(source);
      }
      // DuckDB's own words may quote a value, and this message may leave the node.
      throw new SourceException(
          "source.failed",
          "product "
              + source.product().qualifiedName()
              + ": DuckDB could not compute the query over its rows ("
              + kind(e)
              + "); its owner finds the value by publishing the product again",
          e);
    }
  }

  static String kind(SQLException e) {
    Matcher kind = ERROR_KIND.matcher(String.valueOf(e.getMessage()));
    return kind.lookingAt() ? kind.group(1) : "error";
  }

  /** From here on only the product's files can be opened, and no setting can be changed. */
  static void lock(Connection connection, ProductSource source) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Path file = source.description().file();
      statement.execute(
          file == null
              ? "SET allowed_directories = ["
                  + ProductSource.literal(source.description().baseDir() + "/")
                  + "]"
              : "SET allowed_paths = [" + ProductSource.literal(file.toString()) + "]");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
  }

  private static FragmentRows watched(
      ProductSource source, DuckDBPreparedStatement statement, List<Slot> slots, Control control)
      throws SQLException {
    CountDownLatch done = new CountDownLatch(1);
    Thread watch =
        Thread.ofVirtual().name("fragment-watch").start(() -> watch(statement, control, done));
    try (DuckDBChunkedResult result = statement.query()) {
      return collect(source, result, slots, control);
    } finally {
      done.countDown();
      join(watch);
    }
  }

  private static void watch(
      DuckDBPreparedStatement statement, Control control, CountDownLatch done) {
    try {
      while (!done.await(CANCEL_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (control.cancelled().getAsBoolean()) {
          statement.cancel();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      // The statement ended by itself in the meantime: nothing is left to cancel.
    }
  }

  private static void join(Thread watch) {
    try {
      watch.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static FragmentRows collect(
      ProductSource source, DuckDBChunkedResult result, List<Slot> slots, Control control) {
    KeyColumn keys = new KeyColumn();
    List<SlotColumn> columns = slots.stream().map(SlotColumn::new).toList();
    long delivered = 0;
    while (result.nextChunk()) {
      DuckDBDataChunkReader chunk = result.chunk();
      if (chunk.columnCount() != slots.size() + 1) {
        throw new IllegalStateException(
            "a fragment of " + chunk.columnCount() + " columns for " + slots.size() + " slots");
      }
      long rows = chunk.rowCount();
      DuckDBReadableVector key = chunk.vector(0);
      boolean[] isNewRow = new boolean[Math.toIntExact(rows)];
      for (int row = 0; row < rows; row++) {
        isNewRow[row] = keys.add(key.getString(row));
      }
      for (int slot = 0; slot < columns.size(); slot++) {
        add(chunk.vector(slot + 1), isNewRow, columns.get(slot));
      }
      delivered += rows;
      control.rows().accept(delivered);
      if (control.cancelled().getAsBoolean()) {
        throw cancelled(source);
      }
      if (keys.rows() > source.product().rows()) {
        throw new SourceException(
            "source.changed",
            "product "
                + source.product().qualifiedName()
                + " has more rows than the "
                + source.product().rows()
                + " published; its file has changed: publish it again");
      }
    }
    return new FragmentRows(
        keys.data(), keys.offsets(), columns.stream().map(SlotColumn::column).toList(), delivered);
  }

  private static void add(DuckDBReadableVector vector, boolean[] isNewRow, SlotColumn column) {
    for (int row = 0; row < isNewRow.length; row++) {
      boolean isNew = isNewRow[row];
      if (vector.isNull(row)) {
        column.add(0L, isNew);
        continue;
      }
      switch (vector.getType()) {
        case TINYINT -> column.add((long) vector.getByte(row), isNew);
        case SMALLINT -> column.add((long) vector.getShort(row), isNew);
        case UTINYINT -> column.add((long) vector.getUint8(row), isNew);
        case USMALLINT -> column.add((long) vector.getUint16(row), isNew);
        case UINTEGER -> column.add(vector.getUint32(row), isNew);
        case UBIGINT -> column.add(vector.getUint64(row), isNew);
        case UHUGEINT -> column.add(vector.getUHugeInt(row), isNew);
        case BIGINT -> column.add(vector.getLong(row), isNew);
        case INTEGER -> column.add((long) vector.getInt(row), isNew);
        case HUGEINT -> column.add(vector.getHugeInt(row), isNew);
        case DECIMAL -> column.add(vector.getBigDecimal(row).unscaledValue(), isNew);
        case DOUBLE -> column.add(vector.getDouble(row), isNew);
        default ->
            throw new IllegalStateException("a slot of type " + vector.getType() + " in a plan");
      }
    }
  }

  private static SourceException cancelled(ProductSource source) {
    return new SourceException(
        "source.cancelled", "reading product " + source.product().qualifiedName() + " was stopped");
  }
}
