package org.tidegate.ledger.fabric;

import com.google.protobuf.MessageLite;
import io.grpc.Channel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.identity.Signers;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;

/**
 * One organisation's part in putting the contract on the channel, through its own peer's gateway.
 * The definition names no policy of its own, so the channel's default stands: a majority of the
 * organisations endorses.
 */
final class Lifecycle implements AutoCloseable {
  /** Fabric's contract about contracts. */
  static final String NAME = "_lifecycle";

  private static final Duration STEP = Duration.ofSeconds(15);
  private static final String VERSION = "1";
  private static final long SEQUENCE = 1;

  private final String organisation;
  private final Gateway gateway;
  private final Contract lifecycle;
  private final Contract contract;

  /**
   * @param admin an administrator of the organisation
   * @param channel to its peer; stays the caller's
   * @param name the contract's
   */
  Lifecycle(String organisation, Credentials admin, Channel channel, String space, String name) {
    this.organisation = organisation;
    gateway =
        Gateway.newInstance()
            .identity(new X509Identity(organisation, admin.certificate()))
            .signer(Signers.newPrivateKeySigner(admin.key()))
            .hash(Hash.SHA256)
            .connection(channel)
            .evaluateOptions(Lifecycle::within)
            .endorseOptions(Lifecycle::within)
            .submitOptions(Lifecycle::within)
            .commitStatusOptions(Lifecycle::within)
            .connect();
    lifecycle = gateway.getNetwork(space).getContract(NAME);
    contract = gateway.getNetwork(space).getContract(name);
  }

  private static io.grpc.CallOptions within(io.grpc.CallOptions options) {
    return options.withDeadlineAfter(STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Approves the contract for the own organisation; again changes nothing. */
  void approve(String packageId) throws GatewayException, CommitException {
    submit(
        "ApproveChaincodeDefinitionForMyOrg",
        ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
            .setName(contract.getChaincodeName())
            .setVersion(VERSION)
            .setSequence(SEQUENCE)
            .setSource(
                ChaincodeSource.newBuilder()
                    .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(packageId)))
            .build(),
        List.of(organisation));
  }

  /** Commits what all of them have approved. */
  void commit(List<String> organisations) throws GatewayException, CommitException {
    submit(
        "CommitChaincodeDefinition",
        CommitChaincodeDefinitionArgs.newBuilder()
            .setName(contract.getChaincodeName())
            .setVersion(VERSION)
            .setSequence(SEQUENCE)
            .build(),
        organisations);
  }

  private void submit(String function, MessageLite arguments, List<String> organisations)
      throws GatewayException, CommitException {
    byte[] unused =
        lifecycle
            .newProposal(function)
            .addArguments(arguments.toByteArray())
            .setEndorsingOrganizations(organisations.toArray(String[]::new))
            .build()
            .endorse()
            .submit();
  }

  /** Asks the contract of all organisations something that changes nothing. */
  void probe(String function, String request, List<String> organisations) throws GatewayException {
    var unused =
        contract
            .newProposal(function)
            .addArguments(request.getBytes(StandardCharsets.UTF_8))
            .setEndorsingOrganizations(organisations.toArray(String[]::new))
            .build()
            .endorse();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
