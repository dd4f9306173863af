package org.tidegate.ledger.embedded;

import java.io.IOException;
import org.hyperledger.fabric.protos.common.Block;

/** A chain that can be read while it grows. */
interface BlockSource {
  /** Reads a block below the gate's height. */
  Block read(long number) throws IOException;

  /** Says how long the chain is and when it grows. */
  HeightGate gate();
}
