package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.tidegate.connector.identity.CertificateRole;
import org.tidegate.connector.identity.Credential;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.ledger.fabric.FabricBinaries;
import org.tidegate.ledger.fabric.FabricNetwork;
import org.tidegate.ledger.fabric.FabricOrganisation;
import org.tidegate.ledger.fabric.FabricSpace;

/** The Fabric network of a space on this machine, in a directory beside the homes. */
final class LocalFabric {
  private static final String DIRECTORY = "fabric-network";

  private LocalFabric() {}

  static Path directory(Path home) {
    return home.resolve(DIRECTORY);
  }

  static boolean isIn(Path home) {
    return FabricNetwork.isIn(directory(home));
  }

  /** The programs of the Fabric release that is found. */
  static FabricBinaries binaries() {
    return FabricBinaries.find(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** Writes the network of a new space; nothing runs yet. */
  static FabricNetwork make(
      Path home,
      SpaceAuthority authority,
      List<NodeHome> homes,
      String orderer,
      FabricBinaries binaries) {
    FabricSpace space =
        FabricSpace.of(authority.space(), authority.root(), organisations(homes), orderer);
    return FabricNetwork.create(directory(home), space, binaries, new SecureRandom());
  }

  private static List<FabricOrganisation> organisations(List<NodeHome> homes) {
    return homes.stream()
        .map(home -> {
          Credential ledger = home.ledger();
          return new FabricOrganisation(
              home.participant(),
              home.authority(),
              home.credential(CertificateRole.CA).privateKey(),
              ledger.certificate(),
              ledger.privateKey());
        })
        .toList();
  }

  /** Starts a new network and puts the contract on its channel. */
  static void begin(FabricNetwork network, List<NodeHome> homes, Output output) {
    output.note(
        "starting a Fabric network: an orderer, and a peer and a contract service for each of %s",
        String.join(", ", network.organisations()));
    network.start(service());
    output.note("joining the channel, approving and committing the contract");
    network.deploy(organisations(homes), new SecureRandom());
  }

  /** Starts a network again that was made before. */
  static FabricNetwork resume(Path home, Output output) {
    FabricNetwork network = FabricNetwork.open(directory(home), binaries());
    output.note("starting the Fabric network in %s", directory(home));
    network.start(service());
    network.awaitReady(new SecureRandom());
    return network;
  }

  /** Ends the network's processes, if there is one; the names of those that were running. */
  static List<String> stop(Path home) {
    return isIn(home) ? FabricNetwork.stop(directory(home)) : List.of();
  }

  /** The contract service, as the build has packed it. */
  private static List<Path> service() {
    Path packed =
        Path.of(System.getProperty("tidegate.home", ""), "ledger/chaincode/target/chaincode");
    try (var jars = Files.newDirectoryStream(packed, "tidegate-ledger-contract-*.jar")) {
      if (jars.iterator().hasNext()) {
        return List.of(packed.resolve("*"));
      }
    } catch (IOException e) {
      throw notPacked(packed);
    }
    throw notPacked(packed);
  }

  private static CommandException notPacked(Path packed) {
    return new CommandException(
        Exit.USAGE,
        "fabric.service",
        "the contract service is not in "
            + packed
            + "; build it with 'mvn package', or run the command by the launcher ./tidegate");
  }
}
