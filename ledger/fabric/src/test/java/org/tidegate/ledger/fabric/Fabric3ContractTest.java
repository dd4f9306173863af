package org.tidegate.ledger.fabric;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.tidegate.ledger.contract.LedgerContract;
import org.tidegate.ledger.contract.LedgerUnderTest;
import org.tidegate.ledger.contract.TestSpace;

/** The contract's suite over real peers and a real orderer of Fabric 3.x. */
@Tag("long")
@EnabledIf(value = "isFound", disabledReason = "no peer and orderer of Fabric 3.x were found")
class Fabric3ContractTest extends LedgerContract {
  private static final String LINE = "3.";

  static boolean isFound() {
    return FabricReleases.ofLine(LINE).isPresent();
  }

  @Override
  protected LedgerUnderTest start(TestSpace space) {
    return new RealNetwork(space, FabricReleases.ofLine(LINE).orElseThrow());
  }

  @Override
  protected Race race() {
    return new Race(50, 8, 10);
  }
}
