package org.tidegate.ledger.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.tidegate.ledger.records.Digest;

/**
 * Whether transactions' times go with their order. A submitter sets the time and every endorser's
 * clock is at most two minutes away, so among honest members times follow the blocks but for
 * minutes. Who is dated back could use a grant that has ended; who is dated ahead, one that has not
 * begun. Of two that contradict each other, the one that a third contradicts too is misdated.
 */
final class TimeChecks {
  /** Two minutes on either side, and the time that a transaction may wait for its block. */
  static final Duration TOLERANCE = Duration.ofMinutes(15);

  private record Dated(long block, int tx, Optional<Digest> jobId, Instant time) {}

  // The latest time of which nobody doubts.
  private Instant sure = Instant.EPOCH;
  // Dated well after all before it; until another confirms or contradicts it.
  private @Nullable Dated ahead;
  private @Nullable Dated contradicting;

  /** Looks at the next valid transaction; what is misdated may stand in an earlier block. */
  List<Finding> next(long block, int tx, Optional<Digest> jobId, Instant time) {
    Dated dated = new Dated(block, tx, jobId, time);
    if (behind(time, sure)) {
      return List.of(back(dated, sure));
    }
    Dated suspect = ahead;
    if (suspect != null && behind(time, suspect.time())) {
      Dated first = contradicting;
      if (first == null) {
        contradicting = dated;
        return List.of();
      }
      List<Finding> findings = List.of(ahead(suspect, first.time()));
      sure = later(sure, later(first.time(), time));
      ahead = null;
      contradicting = null;
      return findings;
    }
    List<Finding> findings = new ArrayList<>();
    if (suspect != null) {
      if (contradicting != null) {
        findings.add(back(contradicting, suspect.time()));
      }
      sure = later(sure, suspect.time());
      ahead = null;
      contradicting = null;
    }
    if (time.isAfter(sure.plus(TOLERANCE))) {
      ahead = dated;
    } else {
      sure = later(sure, time);
    }
    return findings;
  }

  /**
   * What is still in doubt at the end.
   *
   * @param signed the latest time at which somebody signed that the chain ends here, or empty
   */
  List<Finding> end(Optional<Instant> signed) {
    Dated suspect = ahead;
    if (suspect == null) {
      return List.of();
    }
    if (signed.isPresent() && behind(signed.get(), suspect.time())) {
      return List.of(ahead(suspect, signed.get()));
    }
    return contradicting == null ? List.of() : List.of(back(contradicting, suspect.time()));
  }

  private static boolean behind(Instant time, Instant than) {
    return time.isBefore(than.minus(TOLERANCE));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Finding back(Dated dated, Instant before) {
    return finding(
        dated,
        "this transaction is dated %s, what stands before it is of %s; it is dated back"
            .formatted(dated.time(), before));
  }

  private static Finding ahead(Dated dated, Instant after) {
    return finding(
        dated,
        "this transaction is dated %s, what came after it is of %s; it is dated ahead"
            .formatted(dated.time(), after));
  }

  private static Finding finding(Dated dated, String message) {
    return new Finding(
        "tx.time", dated.block(), OptionalInt.of(dated.tx()), dated.jobId(), message);
  }
}
