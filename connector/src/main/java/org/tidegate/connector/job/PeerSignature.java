package org.tidegate.connector.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.records.Participant;
import org.tidegate.ledger.records.Signed;

/** Whether a statement bears the receipt key that stands on the ledger for its participant. */
enum PeerSignature {
  /** The participant has no entry. */
  NO_ENTRY,
  /** It is signed with another key. */
  OTHER_KEY,
  /** It is signed with a key whose certificate is not valid now. */
  EXPIRED,
  /** It is the participant's. */
  GENUINE;

  // A peer that has just renewed its keys signs with the new ones as soon as its own copy of the
  // ledger has them; this node's copy can be some blocks behind.
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Looks the key up, again for some seconds where it does not fit. */
  static PeerSignature check(
      LedgerClient ledger, String participant, Signed<?> statement, Instant now) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<Participant> entry = ledger.participant(participant);
      if (entry.isPresent() && statement.verify(entry.get().receiptKey())) {
        return entry.get().isCurrent(now) ? GENUINE : EXPIRED;
      }
      if (System.nanoTime() > deadline) {
        return entry.isPresent() ? OTHER_KEY : NO_ENTRY;
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return entry.isPresent() ? OTHER_KEY : NO_ENTRY;
      }
    }
  }
}
