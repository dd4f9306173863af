package org.tidegate.connector.app;

import io.grpc.BindableService;
import io.grpc.Channel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.records.SignedHead;

/** The chain as this node has it, whatever carries it; writing to it is the client's business. */
interface NodeLedger extends AutoCloseable {
  /** The connection to the gateway that takes this node's transactions. */
  Channel gateway();

  /** The chain's end as it is now, signed by this node. */
  SignedHead head();

  /** A committed block. */
  Block block(long number) throws IOException;

  /** Why the ledger does not go on at the moment, in one line, or empty if all is well. */
  Optional<String> trouble();

  /** What the node's server offers to the other members for it. */
  List<BindableService> services();

  @Override
  void close();
}
