package org.tidegate.ledger.fabric;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The suite on Fabric 2.5 LTS. */
@Tag("long")
@EnabledIf(value = "isFound", disabledReason = "no peer and orderer of Fabric 2.5 LTS were found")
class Fabric2ContractTest extends FabricContractSuite {
  private static final String LINE = "2.";

  Fabric2ContractTest() {
    super(LINE);
  }

  static boolean isFound() {
    return FabricReleases.ofLine(LINE).isPresent();
  }
}
