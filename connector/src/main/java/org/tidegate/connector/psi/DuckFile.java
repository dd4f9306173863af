package org.tidegate.connector.psi;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How DuckDB is asked about one file: SQL texts, and a database in memory that fetches nothing. */
final class DuckFile {
  private DuckFile() {}

  /** Whether the file is Parquet, by its name; otherwise it is CSV. */
  static boolean isParquet(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".parquet") && !name.endsWith(".csv")) {
      throw new PsiInputException(
          "psi.format", file + " is named neither .csv nor .parquet; convert or rename it");
    }
    return name.endsWith(".parquet");
  }

  /** The file as a relation. */
  static String relation(Path file) {
    // all_varchar keeps each field as it is written; nothing is guessed from a sample of the rows.
    return isParquet(file)
        ? "read_parquet(" + literal(file) + ")"
        : "read_csv(" + literal(file) + ", header = true, all_varchar = true)";
  }

  static Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET autoload_known_extensions = false");
      // Rows are numbered by their place in the file, in both passes over it.
      statement.execute("SET preserve_insertion_order = true");
      statement.execute("SET TimeZone = 'UTC'");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /** Names and types of the relation's columns, in their order. */
  static Map<String, String> columns(Connection connection, String relation) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
      Map<String, String> types = new LinkedHashMap<>();
      while (described.next()) {
        types.put(described.getString(1), described.getString(2));
      }
      return types;
    }
  }

  static void threads(Connection connection, int threads) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + threads);
    }
  }

  static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("for no stated reason");
  }

  static String literal(Path path) {
    return "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
