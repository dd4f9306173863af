package org.tidegate.ledger.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.tidegate.ledger.contract.LedgerContract;
import org.tidegate.ledger.contract.LedgerUnderTest;
import org.tidegate.ledger.contract.TestSpace;

/** The contract's suite over three peers, an orderer, and the Gateway SDK. */
class EmbeddedContractTest extends LedgerContract {
  @Override
  protected LedgerUnderTest start(TestSpace space) {
    try {
      return EmbeddedNetwork.started(space, Files.createTempDirectory("tidegate-ledger"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Race race() {
    return new Race(100, 16, 10);
  }
}
