package org.tidegate.connector.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same suite on a PostgreSQL server, which {@code .ci/run} starts. */
@Tag("long")
@EnabledIfSystemProperty(named = "tidegate.test.postgres", matches = "jdbc:.+")
final class PostgresStoreTest extends StoreContract {
  private static final String URL = System.getProperty("tidegate.test.postgres", "");

  private boolean empty;

  @Override
  NodeDatabase open() throws Exception {
    if (!empty) {
      try (Connection connection = DriverManager.getConnection(URL);
          Statement statement = connection.createStatement()) {
        statement.execute("DROP SCHEMA public CASCADE");
        statement.execute("CREATE SCHEMA public");
      }
      empty = true;
    }
    return NodeDatabase.server(URL);
  }
}
