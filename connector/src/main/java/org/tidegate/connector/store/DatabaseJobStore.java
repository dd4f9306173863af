package org.tidegate.connector.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.job.JobOutcome;
import org.tidegate.connector.job.JobRole;
import org.tidegate.connector.job.JobState;
import org.tidegate.connector.job.JobStore;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Outcome;

/** Jobs, their history, the reveal journal and their documents, in the node's database. */
public final class DatabaseJobStore implements JobStore {
  private static final int MESSAGE_LIMIT = 4_000;

  private final Jdbi jdbi;
  private final InstantSource clock;

  /**
   * @param clock for the times in history and journal
   */
  public DatabaseJobStore(NodeDatabase database, InstantSource clock) {
    this.jdbi = database.jdbi();
    this.clock = clock;
  }

  @Override
  public boolean propose(Digest jobId, JobRole role, Instant expires, List<Document> documents) {
    return jdbi.inTransaction(handle -> {
      int made =
          handle
              .createUpdate(
                  """
                  INSERT INTO jobs (job_id, role, state, expires_at, created_at)
                  SELECT :job, :role, :state, :expires, :now
                  WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE job_id = :job)
                  """)
              .bind("job", jobId.toString())
              .bind("role", role.name())
              .bind("state", JobState.PROPOSED.name())
              .bind("expires", expires.toEpochMilli())
              .bind("now", now())
              .execute();
      if (made == 1) {
        appendHistory(handle, jobId, JobState.PROPOSED);
        documents.forEach(document -> insert(handle, jobId, document));
      }
      return made == 1;
    });
  }

  @Override
  public boolean move(Digest jobId, Set<JobState> from, JobState to, List<Document> documents) {
    for (JobState state : from) {
      if (!state.mayBecome(to)) {
        throw new IllegalArgumentException("no job goes from " + state + " to " + to);
      }
    }
    return jdbi.inTransaction(handle -> {
      int made = 0;
      for (JobState state : from) {
        made +=
            handle
                .createUpdate("UPDATE jobs SET state = :to WHERE job_id = :job AND state = :from")
                .bind("to", to.name())
                .bind("job", jobId.toString())
                .bind("from", state.name())
                .execute();
        if (made == 1) {
          break;
        }
      }
      if (made == 0) {
        return false;
      }
      appendHistory(handle, jobId, to);
      if (to == JobState.REVEALING) {
        handle
            .createUpdate("INSERT INTO reveal_journal (job_id, journaled_at) VALUES (:job, :now)")
            .bind("job", jobId.toString())
            .bind("now", now())
            .execute();
      }
      documents.forEach(document -> insert(handle, jobId, document));
      return true;
    });
  }

  @Override
  public void outcome(Digest jobId, JobOutcome outcome) {
    jdbi.useTransaction(handle ->
        handle
            .createUpdate(
                """
                UPDATE jobs SET outcome = :kind, outcome_code = :code, outcome_line = :line,
                  outcome_column = :column, outcome_message = :message
                WHERE job_id = :job AND outcome IS NULL
                """)
            .bind("kind", outcome.kind().text())
            .bind("code", outcome.code())
            .bind("line", outcome.line())
            .bind("column", outcome.column())
            .bind("message", shortened(outcome.message()))
            .bind("job", jobId.toString())
            .execute());
  }

  @Override
  public void keep(Digest jobId, Document document) {
    jdbi.useTransaction(handle -> insert(handle, jobId, document));
  }

  @Override
  public Optional<Entry> find(Digest jobId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM jobs WHERE job_id = :job")
            .bind("job", jobId.toString())
            .map((row, context) -> entry(row))
            .findOne());
  }

  @Override
  public Optional<String> document(Digest jobId, Kind kind, String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT body FROM job_documents WHERE job_id = :job AND kind = :kind AND name ="
                    + " :name")
            .bind("job", jobId.toString())
            .bind("kind", kind.name())
            .bind("name", name)
            .mapTo(String.class)
            .findOne());
  }

  @Override
  public List<Change> history(Digest jobId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT state, entered_at FROM job_history WHERE job_id = :job ORDER BY seq")
            .bind("job", jobId.toString())
            .map((row, context) ->
                new Change(
                    JobState.valueOf(row.getString("state")),
                    Instant.ofEpochMilli(row.getLong("entered_at"))))
            .list());
  }

  @Override
  public boolean revealJournaled(Digest jobId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT job_id FROM reveal_journal WHERE job_id = :job")
            .bind("job", jobId.toString())
            .mapTo(String.class)
            .findOne()
            .isPresent());
  }

  @Override
  public List<Entry> unfinished() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT * FROM jobs WHERE state NOT IN (:settled, :released) ORDER BY created_at,"
                    + " job_id")
            .bind("settled", JobState.SETTLED.name())
            .bind("released", JobState.RELEASED.name())
            .map((row, context) -> entry(row))
            .list());
  }

  @Override
  public List<Entry> latest(int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM jobs ORDER BY created_at DESC, job_id LIMIT :limit")
            .bind("limit", limit)
            .map((row, context) -> entry(row))
            .list());
  }

  private void appendHistory(Handle handle, Digest jobId, JobState state) {
    // The job's row is locked by this transaction, so no other can take the same number.
    handle
        .createUpdate(
            """
            INSERT INTO job_history (job_id, seq, state, entered_at)
            SELECT :job, COALESCE(MAX(seq), 0) + 1, :state, :now
            FROM job_history WHERE job_id = :job
            """)
        .bind("job", jobId.toString())
        .bind("state", state.name())
        .bind("now", now())
        .execute();
  }

  private void insert(Handle handle, Digest jobId, Document document) {
    handle
        .createUpdate(
            """
            INSERT INTO job_documents (job_id, kind, name, body, kept_at)
            SELECT :job, :kind, :name, :body, :now
            WHERE NOT EXISTS (SELECT 1 FROM job_documents
              WHERE job_id = :job AND kind = :kind AND name = :name)
            """)
        .bind("job", jobId.toString())
        .bind("kind", document.kind().name())
        .bind("name", document.name())
        .bind("body", document.body())
        .bind("now", now())
        .execute();
  }

  private long now() {
    return clock.instant().toEpochMilli();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        Digest.parse(row.getString("job_id")),
        JobRole.valueOf(row.getString("role")),
        JobState.valueOf(row.getString("state")),
        outcomeOf(row),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  private static Optional<JobOutcome> outcomeOf(ResultSet row) throws SQLException {
    @Nullable String kind = row.getString("outcome");
    if (kind == null) {
      return Optional.empty();
    }
    return Optional.of(
        new JobOutcome(
            Outcome.parse(kind),
            row.getString("outcome_code"),
            row.getInt("outcome_line"),
            row.getInt("outcome_column"),
            row.getString("outcome_message")));
  }

  private static String shortened(String message) {
    return message.length() <= MESSAGE_LIMIT
        ? message
        : message.substring(0, MESSAGE_LIMIT - 1) + "…";
  }
}
