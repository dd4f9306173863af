package org.tidegate.examples.proof;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.job.JobState;
import org.tidegate.connector.store.NodeDatabase;

/**
 * Looks at a running node's store from outside, and can stop it where it is: while somebody else
 * holds the database's lock, the node's next transition waits, as it would on a slow disk.
 */
final class StoreWatch implements AutoCloseable {
  private final Connection connection;

  StoreWatch(Path home) throws SQLException {
    this.connection =
        DriverManager.getConnection(
            "jdbc:sqlite:" + home.resolve(NodeDatabase.FILE) + "?busy_timeout=20000");
  }

  /** Every job's state, by its id. */
  Map<String, JobState> states() throws SQLException {
    Map<String, JobState> states = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT job_id, state FROM jobs")) {
      while (rows.next()) {
        states.put(rows.getString(1), JobState.valueOf(rows.getString(2)));
      }
    }
    return states;
  }

  /** Whether the reveal journal has the job. */
  boolean revealed(String jobId) throws SQLException {
    try (var statement =
        connection.prepareStatement("SELECT 1 FROM reveal_journal WHERE job_id = ?")) {
      statement.setString(1, jobId);
      return statement.executeQuery().next();
    }
  }

  /**
   * Waits until a job that is not among the {@code known} is in the state, and stops the store
   * there until {@link #thaw}.
   *
   * @return whether it was stopped there; false if the job went past, or none came in time
   */
  boolean freezeAt(JobState wanted, Map<String, JobState> known, Duration patience)
      throws SQLException, InterruptedException {
    long began = System.nanoTime();
    while (System.nanoTime() - began < patience.toNanos()) {
      begin();
      JobState now = fresh(known);
      if (now == wanted) {
        return true;
      }
      thaw();
      if (now != null && (now.isFinal() || now.compareTo(wanted) > 0)) {
        return false;
      }
      Thread.sleep(1);
    }
    return false;
  }

  private @Nullable JobState fresh(Map<String, JobState> known) throws SQLException {
    for (Map.Entry<String, JobState> job : states().entrySet()) {
      if (!known.containsKey(job.getKey())) {
        return job.getValue();
      }
    }
    return null;
  }

  private void begin() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
    }
  }

  /** Lets the store go on. */
  void thaw() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
