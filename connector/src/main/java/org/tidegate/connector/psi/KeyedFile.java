package org.tidegate.connector.psi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.tidegate.mpc.bytes.PackedBytes;

/**
 * A CSV (with a header) or Parquet file and the columns of its key. Fields of a CSV file are text
 * exactly as written, so that codes keep their leading zeros; values of a Parquet file are the text
 * DuckDB gives them. A row with a NULL (or an empty field) in its key matches nothing.
 */
public final class KeyedFile {
  private static final String ROW_COLUMN = "tidegate row number";

  private final Path file;
  private final String relation;
  private final List<String> key;

  private KeyedFile(Path file, String relation, List<String> key) {
    this.file = file;
    this.relation = relation;
    this.key = key;
  }

  /**
   * A file's keys.
   *
   * @param keys row i's key, without the rows that have none
   * @param rows for each key, the number of its row in the file, from 0
   * @param fileRows rows of the file
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  public record Keys(PackedBytes keys, long[] rows, long fileRows) {}

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
    String relation = relation(file);
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
      Map<String, String> types = new LinkedHashMap<>();
      while (described.next()) {
        types.put(described.getString(1), described.getString(2));
      }
      return new KeyedFile(file, relation, resolve(file, types, key));
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  /** Reads the keys in the file's order. */
  public Keys keys() {
    String parts =
        key.stream()
            .map(column -> "CAST(" + identifier(column) + " AS VARCHAR)")
            .collect(Collectors.joining(", "));
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int[] offsets = new int[1024];
    long[] rows = new long[1024];
    int count = 0;
    long row = 0;
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT " + parts + " FROM " + relation)) {
      for (; result.next(); row++) {
        Optional<byte[]> bytes = encode(result);
        if (bytes.isEmpty()) {
          continue;
        }
        if (count + 2 > offsets.length) {
          offsets = Arrays.copyOf(offsets, offsets.length * 2);
          rows = Arrays.copyOf(rows, rows.length * 2);
        }
        data.writeBytes(bytes.get());
        rows[count] = row;
        offsets[++count] = data.size();
      }
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
    PackedBytes packed = new PackedBytes(data.toByteArray(), Arrays.copyOf(offsets, count + 1));
    return new Keys(packed, Arrays.copyOf(rows, count), row);
  }

  /**
   * One column: its text. Several: each with its length before it, so that no two keys run
   * together.
   */
  private Optional<byte[]> encode(ResultSet result) throws SQLException {
    if (key.size() == 1) {
      return Optional.ofNullable(result.getString(1))
          .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 1; i <= key.size(); i++) {
      String text = result.getString(i);
      if (text == null) {
        return Optional.empty();
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(bytes);
    }
    return Optional.of(out.toByteArray());
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
    boolean unused = isParquet(out);
  }

  /**
   * Writes some rows with all their columns, in the file's order. The file appears whole or not at
   * all.
   *
   * @param rows numbers of rows, from 0
   * @param out where to, its ending naming the format
   * @throws PsiInputException if it cannot be written
   */
  public void write(long[] rows, Path out) {
    checkTarget(out);
    String format = isParquet(out) ? "FORMAT parquet" : "FORMAT csv, HEADER true";
    Path target = out.toAbsolutePath();
    Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE matched(n BIGINT)");
      append(connection.unwrap(DuckDBConnection.class), rows);
      String n = identifier(ROW_COLUMN);
      statement.execute(
          "COPY (SELECT f.* EXCLUDE ("
              + n
              + ") FROM (SELECT *, row_number() OVER () - 1 AS "
              + n
              + " FROM "
              + relation
              + ") f SEMI JOIN matched m ON f."
              + n
              + " = m.n ORDER BY f."
              + n
              + ") TO "
              + literal(partial)
              + " ("
              + format
              + ")");
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (SQLException | IOException e) {
      throw new PsiInputException(
          "psi.out", out + " cannot be written: " + firstLine(e) + "; nothing was left there");
    } finally {
      discard(partial);
    }
  }

  private static void append(DuckDBConnection connection, long[] rows) throws SQLException {
    try (DuckDBAppender appender =
        connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "matched")) {
      for (long row : rows) {
        appender.beginRow();
        appender.append(row);
        appender.endRow();
      }
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

  private static List<String> resolve(Path file, Map<String, String> types, List<String> key) {
    List<String> resolved = new ArrayList<>();
    for (String wanted : key) {
      String column =
          types.keySet().stream()
              .filter(name -> name.equals(wanted))
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
      String type = String.valueOf(types.get(column));
      if (type.equals("DOUBLE") || type.equals("FLOAT") || type.matches(".*(\\[|STRUCT|MAP).*")) {
        throw new PsiInputException(
            "psi.type",
            file
                + ": column '"
                + column
                + "' is "
                + type
                + ", which cannot be a key; use text, integers, decimals, dates or times");
      }
      resolved.add(column);
    }
    return resolved;
  }

  private static String relation(Path file) {
    // all_varchar keeps each field as it is written; nothing is guessed from a sample of the rows.
    return isParquet(file)
        ? "read_parquet(" + literal(file) + ")"
        : "read_csv(" + literal(file) + ", header = true, all_varchar = true)";
  }

  private static boolean isParquet(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".parquet") && !name.endsWith(".csv")) {
      throw new PsiInputException("psi.format", file + " is named neither .csv nor .parquet");
    }
    return name.endsWith(".parquet");
  }

  private static Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET autoload_known_extensions = false");
      // Rows are numbered by their place in the file, in both passes over it.
      statement.execute("SET preserve_insertion_order = true");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  private static PsiInputException unreadable(Path file, SQLException e) {
    return new PsiInputException("psi.file", file + " cannot be read: " + firstLine(e));
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("for no stated reason");
  }

  private static String literal(Path path) {
    return "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
  }

  private static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
