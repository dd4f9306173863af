package org.tidegate.connector.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidegate.connector.config.ConfigFile;
import org.tidegate.connector.identity.EmbeddedGenesis;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.GenesisBlock;
import org.tidegate.connector.identity.JoinRequest;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.ledger.fabric.FabricBinaries;
import org.tidegate.ledger.fabric.FabricNetwork;

/**
 * The homes of a new space on this machine: the authority's, and one for each participant, on free
 * ports of the loopback interface. The first participant orders.
 *
 * @param nodes the participants' homes, joined
 * @param network the Fabric network that carries the ledger, if one does; nothing of it runs yet
 */
record LocalHomes(List<NodeHome> nodes, Optional<FabricNetwork> network) {
  private static final String SPACE_NAME = "local";

  /**
   * Makes them.
   *
   * @param fabric the programs of a Fabric network, or empty for the embedded ledger
   */
  static LocalHomes make(Path home, List<String> participants, Optional<FabricBinaries> fabric)
      throws IOException {
    SpaceAuthority authority = SpaceAuthority.create(home, SPACE_NAME);
    List<NodeHome> nodes = new ArrayList<>();
    List<Endpoint> endpoints = freeEndpoints(participants.size());
    for (String participant : participants) {
      nodes.add(
          NodeHome.create(home.resolve(participant), participant, endpoints.get(nodes.size())));
    }
    String orderer = participants.getFirst();
    Optional<FabricNetwork> network =
        fabric.map(binaries -> LocalFabric.make(home, authority, nodes, orderer, binaries));
    for (NodeHome node : nodes) {
      Path unused =
          ConfigFile.write(
              node.path(),
              network
                  .map(made ->
                      Map.of("ledger.url", "grpcs://" + made.peerAddress(node.participant())))
                  .orElse(Map.of()));
    }
    var descriptor =
        authority.admit(
            nodes.stream().map(node -> JoinRequest.load(node.joinRequestFile())).toList(),
            orderer,
            network
                .<GenesisBlock.Factory>map(made ->
                    (space, root, members, ordering) ->
                        new GenesisBlock(made.genesis().toByteArray(), made.genesisHash()))
                .orElseGet(EmbeddedGenesis::new));
    Path file = home.resolve("space.json");
    SpaceAuthority.write(descriptor, file);
    nodes.forEach(node -> node.join(file, Optional.of(authority.fingerprint())));
    return new LocalHomes(List.copyOf(nodes), network);
  }

  /** Ports that are free now, all different because all are held at once. */
  private static List<Endpoint> freeEndpoints(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(socket -> new Endpoint("127.0.0.1", socket.getLocalPort())).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }
}
