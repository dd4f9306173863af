package org.tidegate.ledger.fabric;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The suite on Fabric 3.x. */
@Tag("long")
@EnabledIf(value = "isFound", disabledReason = "no peer and orderer of Fabric 3.x were found")
class Fabric3ContractTest extends FabricContractSuite {
  private static final String LINE = "3.";

  Fabric3ContractTest() {
    super(LINE);
  }

  static boolean isFound() {
    return FabricReleases.ofLine(LINE).isPresent();
  }
}
