package org.tidegate.connector.job;

import static org.tidegate.connector.job.JobState.ABORTING;
import static org.tidegate.connector.job.JobState.ACCEPTED;
import static org.tidegate.connector.job.JobState.PROPOSED;
import static org.tidegate.connector.job.JobState.REFUSED;
import static org.tidegate.connector.job.JobState.RELEASED;
import static org.tidegate.connector.job.JobState.RESERVED;
import static org.tidegate.connector.job.JobState.REVEALED;
import static org.tidegate.connector.job.JobState.REVEALING;
import static org.tidegate.connector.job.JobState.RUNNING;
import static org.tidegate.connector.job.JobState.SETTLED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JobEnd;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Outcome;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.ReceiptAgreement;
import org.tidegate.ledger.records.Release;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signed;

/**
 * Drives a job whose protocol is over, or was cut off, to its end on the ledger: receipt, then
 * settlement (the use counts) or release (it does not). The ledger is looked up first, so the same
 * steps serve the live job, the job after a restart, and any repetition.
 */
final class Finisher {
  private static final Logger log = LoggerFactory.getLogger(Finisher.class);

  /** How long an owner leaves the settling to the coordinator. */
  private static final Duration COORDINATORS_TURN = Duration.ofSeconds(3);

  /**
   * Clocks of members may differ by this much: nothing is reserved later after a proposal's expiry.
   */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

  private static final Set<JobState> CUT_OFF = Set.of(PROPOSED, ACCEPTED, RESERVED, RUNNING);

  private final JobParts parts;

  Finisher(JobParts parts) {
    this.parts = parts;
  }

  /** Aborts a job here if it still can be; from then on this node reveals nothing of it. */
  boolean abort(Digest jobId, JobOutcome outcome) {
    boolean stopped = parts.store().move(jobId, CUT_OFF, ABORTING, List.of());
    if (stopped) {
      parts.store().outcome(jobId, outcome);
    }
    return stopped;
  }

  /** The signed word that this node reveals nothing of the job, or empty if it did or may have. */
  Optional<Signed<ReleaseStatement>> statement(Digest jobId) {
    JobStore.Entry entry = parts.store().find(jobId).orElse(null);
    if (entry == null || !Set.of(REFUSED, ABORTING, RELEASED).contains(entry.state())) {
      return Optional.empty();
    }
    String reason =
        entry.outcome().map(JobOutcome::message).filter(text -> !text.isBlank()).orElse("aborted");
    String line = reason.replaceAll("\\p{Cntrl}+", " ").strip();
    return Optional.of(
        Signed.sign(
            new ReleaseStatement(
                jobId,
                parts.party().self(),
                line.length() > 400 ? line.substring(0, 400) : line,
                parts.clock().instant()),
            parts.party().receiptKey()));
  }

  /**
   * Does what can be done now.
   *
   * @return whether the job is over
   * @throws RuntimeException if ledger or store fail; to be tried again later
   */
  boolean step(Digest jobId) {
    JobStore.Entry entry = parts.store().find(jobId).orElseThrow();
    if (entry.state().isFinal()) {
      return true;
    }
    Optional<JobRecord> record = parts.ledger().job(jobId);
    if (record.isEmpty()) {
      return unreserved(entry);
    }
    Optional<JobEnd> end = record.get().end();
    if (end.isPresent()) {
      return follow(entry, end.get());
    }
    writeReceipt(entry, record.get());
    return switch (entry.state()) {
      case REVEALING, REVEALED -> settle(entry, record.get());
      case REFUSED, ABORTING -> release(entry, record.get());
      default -> throw new IllegalStateException("job " + jobId + " is still running");
    };
  }

  /** Nothing stands on the ledger: over, unless a reservation can still come. */
  private boolean unreserved(JobStore.Entry entry) {
    boolean neverAccepted =
        parts.store().history(entry.jobId()).stream().noneMatch(at -> at.state() == ACCEPTED);
    boolean late = parts.clock().instant().isAfter(entry.expires().plus(CLOCK_SKEW));
    return (neverAccepted || late) && close(entry, RELEASED);
  }

  /** Ends a refused or aborted job of which it is certain that nothing was reserved. */
  boolean closeUnreserved(Digest jobId) {
    return parts.store().move(jobId, Set.of(REFUSED, ABORTING), RELEASED, List.of());
  }

  private boolean follow(JobStore.Entry entry, JobEnd end) {
    return switch (end) {
      case Settlement settlement -> close(entry, SETTLED);
      case Release release -> {
        if (!entry.state().revealedNothing()) {
          log.error(
              "job {} was released on the ledger although this node revealed: its statement was"
                  + " forged, or the store is not the one it ran with",
              entry.jobId());
          yield close(entry, SETTLED);
        }
        yield close(entry, RELEASED);
      }
    };
  }

  private boolean close(JobStore.Entry entry, JobState end) {
    Set<JobState> from =
        end == SETTLED ? Set.of(REVEALING, REVEALED, REFUSED, ABORTING) : Set.of(REFUSED, ABORTING);
    boolean closed = parts.store().move(entry.jobId(), from, end, List.of());
    if (closed) {
      log.info("job {} {}", entry.jobId(), end);
    }
    return closed;
  }

  private void writeReceipt(JobStore.Entry entry, JobRecord record) {
    if (record.receipt(parts.party().self()).isPresent()) {
      return;
    }
    String text =
        parts
            .store()
            .document(entry.jobId(), JobStore.Kind.RECEIPT, "")
            .orElseGet(() -> keepReceiptOfTheCutOff(entry, record));
    try {
      parts.ledger().receipt(Receipt.signedFromJson(CanonicalJson.decodeText(text)));
    } catch (LedgerException e) {
      // An ended job takes no receipt that contradicts its end; the end is followed next time.
      log.warn("receipt of job {} was not taken: {}", entry.jobId(), e.getMessage());
      if (e.retryable()) {
        throw e;
      }
    }
  }

  /** The process died before it wrote one: what is known is the state and the journal. */
  private String keepReceiptOfTheCutOff(JobStore.Entry entry, JobRecord record) {
    String self = parts.party().self();
    Receipt receipt =
        new Receipt(
            entry.jobId(),
            self,
            "interrupted",
            entry.state() == REFUSED ? Outcome.REFUSED : Outcome.ABORTED,
            record.reservation().planDigest(),
            Optional.empty(),
            record.reservation().acceptance(self).orElseThrow().inputCommitments(),
            List.of(),
            Optional.empty(),
            parts.store().revealJournaled(entry.jobId()),
            parts.clock().instant());
    parts.store().outcome(entry.jobId(), JobOutcome.aborted("job.interrupted", "the node stopped"));
    parts
        .store()
        .keep(
            entry.jobId(),
            new JobStore.Document(
                JobStore.Kind.RECEIPT,
                "",
                CanonicalJson.encodeText(
                    Signed.sign(receipt, parts.party().receiptKey()).toJson())));
    return parts.store().document(entry.jobId(), JobStore.Kind.RECEIPT, "").orElseThrow();
  }

  private boolean settle(JobStore.Entry entry, JobRecord seen) {
    Instant now = parts.clock().instant();
    JobRecord record = parts.ledger().job(entry.jobId()).orElse(seen);
    if (record.end().isPresent()) {
      return follow(entry, record.end().get());
    }
    List<Receipt> receipts = record.receipts().stream().map(Signed::body).toList();
    boolean agreed =
        receipts.size() == record.reservation().proposal().body().participants().size()
            && ReceiptAgreement.disagreement(receipts).isEmpty();
    boolean mine =
        entry.role() == JobRole.COORDINATOR
            || receipts.stream()
                .allMatch(receipt -> receipt.at().plus(COORDINATORS_TURN).isBefore(now));
    boolean expired = now.isAfter(entry.expires());
    if (!(agreed && mine) && !expired) {
      return false;
    }
    return settleNow(entry);
  }

  private boolean settleNow(JobStore.Entry entry) {
    try {
      parts.ledger().settle(entry.jobId());
    } catch (LedgerException e) {
      if (Set.of(LedgerCodes.RECEIPTS_MISSING, LedgerCodes.RECEIPTS_DISAGREE).contains(e.code())) {
        return false;
      }
      throw e;
    }
    return close(entry, SETTLED);
  }

  private boolean release(JobStore.Entry entry, JobRecord record) {
    List<Signed<ReleaseStatement>> statements = new ArrayList<>();
    statements.add(statement(entry.jobId()).orElseThrow());
    boolean everybody = true;
    for (String participant : record.reservation().proposal().body().participants()) {
      if (participant.equals(parts.party().self())) {
        continue;
      }
      try {
        statements.add(parts.peers().release(participant, entry.jobId()));
      } catch (JobException e) {
        everybody = false;
        log.info("no release of job {} by {}: {}", entry.jobId(), participant, e.getMessage());
      }
    }
    if (everybody) {
      try {
        parts.ledger().release(entry.jobId(), statements);
        return close(entry, RELEASED);
      } catch (LedgerException e) {
        if (e.code().equals(LedgerCodes.SETTLED)) {
          return close(entry, SETTLED);
        }
        throw e;
      }
    }
    return parts.clock().instant().isAfter(entry.expires()) && settleNow(entry);
  }
}
