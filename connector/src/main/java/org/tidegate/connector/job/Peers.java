package org.tidegate.connector.job;

import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Signed;

/**
 * What nodes ask each other about jobs. Every call blocks at most for the peer timeout, and throws
 * {@link JobException}: refused when the peer said no, with its code; aborted ({@code
 * peer.unreachable} and the like) when it did not answer.
 */
public interface Peers {
  /** Asks a participant to take part. Returns its acceptance, of which nothing is verified yet. */
  Signed<Acceptance> propose(String participant, Signed<Proposal> proposal, JobContent content);

  /** The reservation stands: run. Returns when the participant is ready. */
  void start(String participant, Digest jobId);

  /** Asks a participant to abort the job and to sign that it revealed nothing. */
  Signed<ReleaseStatement> release(String participant, Digest jobId);
}
