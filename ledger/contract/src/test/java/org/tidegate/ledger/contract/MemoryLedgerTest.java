package org.tidegate.ledger.contract;

import java.util.Optional;
import org.tidegate.ledger.records.Signatures;

class MemoryLedgerTest extends LedgerContract {
  @Override
  protected LedgerUnderTest start(TestSpace space) {
    return new MemoryLedger(Optional.of(Signatures.digest(space.root())));
  }

  @Override
  protected Race race() {
    return new Race(50, 8, 20);
  }
}
