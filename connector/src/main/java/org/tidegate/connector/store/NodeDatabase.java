package org.tidegate.connector.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;

/**
 * The node's database, its schema brought up to date. A commit that was acknowledged is on the
 * disk: the embedded engine syncs its log at each commit.
 */
public final class NodeDatabase implements AutoCloseable {
  /** The embedded database's file in a node's home. */
  public static final String FILE = "state.db";

  private static final int SERVER_CONNECTIONS = 8;

  private final HikariDataSource source;
  private final Jdbi jdbi;

  private NodeDatabase(HikariDataSource source) {
    this.source = source;
    this.jdbi = Jdbi.create(source);
  }

  /**
   * Opens the embedded database of a home, making it if there is none.
   *
   * @throws StoreException if the file is damaged, of a newer version, or the disk is full
   */
  public static NodeDatabase embedded(Path home) {
    Path file = home.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        // It holds salts and results: for the node's own account only, as the keys are.
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException e) {
      throw new StoreException("cannot make " + file + ": " + e.getMessage(), e);
    }
    return open(embeddedUrl(file), 1, file.toString());
  }

  /** The URL under which each commit is synced before it is acknowledged. */
  static String embeddedUrl(Path file) {
    return "jdbc:sqlite:"
        + file.toAbsolutePath()
        + "?journal_mode=WAL&synchronous=FULL&busy_timeout=20000&foreign_keys=on"
        + "&transaction_mode=IMMEDIATE";
  }

  /**
   * Opens a database server.
   *
   * @param url a JDBC URL with user and password
   * @throws StoreException if it does not answer or its schema is of a newer version
   */
  public static NodeDatabase server(String url) {
    return open(url, SERVER_CONNECTIONS, withoutSecrets(url));
  }

  /**
   * Opens any database by its URL.
   *
   * @param connections most connections at a time
   * @param name what to call it in messages
   */
  static NodeDatabase open(String url, int connections, String name) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setPoolName("state");
    config.setMaximumPoolSize(connections);
    // A file is there or is not; a server may still be coming up.
    config.setInitializationFailTimeout(connections == 1 ? 1 : 10_000);
    HikariDataSource source;
    try {
      source = new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new StoreException(advice(name, e), e);
    }
    try {
      Flyway.configure(NodeDatabase.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:org/tidegate/connector/store/migration")
          .validateMigrationNaming(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      source.close();
      throw new StoreException(advice(name, e), e);
    }
    return new NodeDatabase(source);
  }

  /** Access for the tables' classes. */
  Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    source.close();
  }

  private static String advice(String name, Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    String what = text.toLowerCase(Locale.ROOT);
    String hint =
        what.contains("full")
            ? "Make room on the disk."
            : what.contains("malformed") || what.contains("not a database")
                ? "The file is damaged: restore it from a copy; uses stand on the ledger."
                : "Check that it is there and that this node may use it.";
    return "cannot use the node's database " + name + ": " + text + ". " + hint;
  }

  private static String withoutSecrets(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
