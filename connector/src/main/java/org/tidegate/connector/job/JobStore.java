package org.tidegate.connector.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidegate.ledger.records.Digest;

/**
 * What a node remembers of its jobs. Every method that writes has returned only when the write
 * survives the death of the process and of the machine. Safe for use by many threads.
 */
public interface JobStore {
  /**
   * One job.
   *
   * @param jobId the job
   * @param role this node's part
   * @param state where it stands
   * @param outcome how it ended here, or empty while it has not
   * @param expires when its proposal expires
   * @param created when this node first knew of it
   */
  record Entry(
      Digest jobId,
      JobRole role,
      JobState state,
      Optional<JobOutcome> outcome,
      Instant expires,
      Instant created) {}

  /**
   * One transition made.
   *
   * @param state the state entered
   * @param at when
   */
  record Change(JobState state, Instant at) {}

  /** What kinds of documents are kept with a job. Each is written once and never changed. */
  enum Kind {
    /** The signed proposal. */
    PROPOSAL,
    /** The proposal's private content: SQL, catalogue versions, parameters, salt. */
    CONTENT,
    /** The plan as this node derived it. */
    PLAN,
    /** A participant's signed acceptance. */
    ACCEPTANCE,
    /** What opens this node's commitments to an auditor: salts and seed. Secret. */
    OPENING,
    /** This node's signed receipt. */
    RECEIPT,
    /** The result, at the recipient. */
    RESULT
  }

  /**
   * A document of a job.
   *
   * @param kind what it is
   * @param name whose or which, empty when there is one only
   * @param body JSON text
   */
  record Document(Kind kind, String name, String body) {}

  /**
   * Enters a job in state {@link JobState#PROPOSED}, with documents.
   *
   * @return whether it was new; if not, nothing is changed
   */
  boolean propose(Digest jobId, JobRole role, Instant expires, List<Document> documents);

  /**
   * Makes one transition, with documents, atomically. Entering {@link JobState#REVEALING} also
   * writes the reveal journal.
   *
   * @param from states from which it is wanted
   * @return whether it was made: false if the job stands elsewhere
   * @throws IllegalArgumentException if the table does not hold the transition from one of {@code
   *     from}
   */
  boolean move(Digest jobId, Set<JobState> from, JobState to, List<Document> documents);

  /** Writes how the job ended here; the first word stays. */
  void outcome(Digest jobId, JobOutcome outcome);

  /** Keeps a document; one that is there already stays as it is. */
  void keep(Digest jobId, Document document);

  /** A job, or empty. */
  Optional<Entry> find(Digest jobId);

  /** A document, or empty. */
  Optional<String> document(Digest jobId, Kind kind, String name);

  /** All transitions of a job, in their order. */
  List<Change> history(Digest jobId);

  /** Whether the reveal journal holds the job. */
  boolean revealJournaled(Digest jobId);

  /** Jobs in no final state, oldest first. */
  List<Entry> unfinished();

  /** The newest jobs, newest first. */
  List<Entry> latest(int limit);
}
