package org.tidegate.ledger.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.tidegate.ledger.contract.TidegateContract;

/**
 * What a network's own transactions about contracts may say. Which program runs the contract does
 * not matter, as every transaction is run again here; that a majority of the organisations endorses
 * does, and a definition could change it.
 */
final class LifecycleChecks {
  private static final String COMMIT = "CommitChaincodeDefinition";

  private LifecycleChecks() {}

  /** What is wrong with a transaction of {@code _lifecycle}, if anything is. */
  static Optional<String> problem(List<ByteString> arguments) {
    if (arguments.size() != 2 || !arguments.getFirst().toStringUtf8().equals(COMMIT)) {
      return Optional.empty();
    }
    try {
      CommitChaincodeDefinitionArgs definition =
          CommitChaincodeDefinitionArgs.parseFrom(arguments.get(1));
      if (!definition.getName().equals(TidegateContract.NAME)) {
        return Optional.of(
            "this transaction puts another contract on the channel, '"
                + definition.getName()
                + "'");
      }
      boolean plain =
          definition.getValidationParameter().isEmpty()
              && definition.getCollections().getConfigCount() == 0
              && !definition.getInitRequired()
              && isDefault(definition.getEndorsementPlugin(), "escc")
              && isDefault(definition.getValidationPlugin(), "vscc");
      return plain
          ? Optional.empty()
          : Optional.of(
              "this definition of the contract has an endorsement policy, plugins or collections of"
                  + " its own; a space's contract is under the channel's policy, a majority");
    } catch (InvalidProtocolBufferException e) {
      return Optional.of("this definition of a contract does not parse");
    }
  }

  private static boolean isDefault(String plugin, String name) {
    return plugin.isEmpty() || plugin.equals(name);
  }
}
