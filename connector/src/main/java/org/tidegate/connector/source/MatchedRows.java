package org.tidegate.connector.source;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/**
 * Reads, from an owner's own table, the rows whose keys matched: DuckDB gets the keys in the table
 * {@code temp.main."matched"}, column {@code key}, beside the product, and can open nothing else.
 */
public final class MatchedRows {
  /** More text than this is no answer to be shown; it is a file to be written. */
  private static final long MAX_BYTES = 128L << 20;

  private MatchedRows() {}

  /**
   * Reads the rows.
   *
   * @param sql one SELECT over the product's SQL name and the matched keys, every column a text
   * @param columns of it
   * @param keys the fragment's rows, of which those with numbers in {@code matched} matched
   * @param maxRows the most rows of an answer
   * @throws SourceException {@code source.failed} if the rows cannot be read, {@code data.tooLarge}
   *     if there are too many
   */
  public static TextRows read(
      ProductSource source,
      String sql,
      int columns,
      FragmentRows keys,
      int[] matched,
      int maxRows,
      SourceLimits limits) {
    try (Connection connection = source.open(limits)) {
      load(connection, keys, matched);
      FragmentRunner.lock(connection, source);
      try (DuckDBPreparedStatement statement =
              (DuckDBPreparedStatement) connection.prepareStatement(sql);
          DuckDBChunkedResult result = statement.query()) {
        return collect(source, result, new TextRows(columns, MAX_BYTES), columns, maxRows);
      }
    } catch (SQLException e) {
      // The answer is the owner's own, but DuckDB's words may quote a value into logs and receipts.
      throw new SourceException(
          "source.failed",
          "product "
              + source.product().qualifiedName()
              + ": DuckDB could not read the rows that matched ("
              + FragmentRunner.kind(e)
              + "); publish the product again to find the value",
          e);
    }
  }

  private static void load(Connection connection, FragmentRows keys, int[] matched)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE \"matched\" (\"key\" VARCHAR NOT NULL)");
    }
    DuckDBConnection duck = connection.unwrap(DuckDBConnection.class);
    try (DuckDBAppender appender = duck.createAppender("temp", "main", "matched")) {
      for (int row : matched) {
        int start = keys.keyOffsets()[row];
        appender.beginRow();
        appender.append(
            new String(
                keys.keyData(), start, keys.keyOffsets()[row + 1] - start, StandardCharsets.UTF_8));
        appender.endRow();
      }
    }
  }

  private static TextRows collect(
      ProductSource source, DuckDBChunkedResult result, TextRows rows, int columns, int maxRows) {
    while (result.nextChunk()) {
      DuckDBDataChunkReader chunk = result.chunk();
      if (chunk.columnCount() != columns) {
        throw new IllegalStateException(
            "rows of " + chunk.columnCount() + " columns, planned with " + columns);
      }
      DuckDBReadableVector[] vectors = new DuckDBReadableVector[columns];
      for (int column = 0; column < columns; column++) {
        vectors[column] = chunk.vector(column);
      }
      for (int row = 0; row < chunk.rowCount(); row++) {
        boolean fits = rows.size() < maxRows;
        for (int column = 0; fits && column < columns; column++) {
          DuckDBReadableVector vector = vectors[column];
          fits = rows.add(vector.isNull(row) ? null : vector.getString(row));
        }
        if (!fits) {
          throw tooLarge(source, maxRows);
        }
      }
    }
    return rows;
  }

  private static SourceException tooLarge(ProductSource source, int maxRows) {
    return new SourceException(
        "data.tooLarge",
        "more rows of "
            + source.product().qualifiedName()
            + " match than an answer may have: "
            + maxRows
            + " (data.maxResultRows), "
            + (MAX_BYTES >> 20)
            + " MiB of text; add conditions, fewer columns or a LIMIT, or raise"
            + " data.maxResultRows");
  }
}
