package org.tidegate.ledger.contract;

import java.time.Duration;
import java.time.Instant;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.records.Digest;

/** A running ledger of a {@link TestSpace}, without any record on it yet. */
public interface LedgerUnderTest extends AutoCloseable {
  /** The client of a participant, the same at each call. */
  RecordLedgerClient client(String participant);

  /** Hash of block 0. */
  Digest genesisHash();

  /** The ledger's time. */
  Instant now();

  /** Lets time pass: by waiting, or by putting the clock forward. */
  void pass(Duration time);

  /**
   * Waits until every peer has committed what any of them has: a client waits for its own peer
   * only, as with Fabric, and another's may be a block behind.
   */
  void level();

  @Override
  void close();
}
