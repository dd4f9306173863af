package org.tidegate.ledger.fabric;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;

/**
 * What of a network stands where: its directory, and the loopback ports of its processes, which
 * stay, because block 0 names them.
 *
 * @param directory holds everything of the network
 * @param space the space's name, which is the channel's
 * @param orderer the organisation that orders
 * @param ordererPort where clients and peers reach the orderer
 * @param adminPort where an administrator reaches it
 * @param peers ports by organisation
 */
record NetworkLayout(
    Path directory,
    String space,
    String orderer,
    int ordererPort,
    int adminPort,
    SortedMap<String, PeerPorts> peers) {
  /** All processes listen here. */
  static final String HOST = "127.0.0.1";

  private static final String TYPE = "tidegate.fabric-network/1";
  private static final String FILE = "network.json";

  /**
   * An organisation's ports.
   *
   * @param peer for clients and other peers
   * @param chaincode for contracts that a peer would start itself; nothing uses it
   * @param service where the contract's process listens
   */
  record PeerPorts(int peer, int chaincode, int service) {}

  /** A layout with ports that are free now, all different because all are held at once. */
  static NetworkLayout allocate(
      Path directory, String space, String orderer, Collection<String> organisations) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      try {
        SortedMap<String, PeerPorts> peers = new TreeMap<>();
        for (String organisation : organisations) {
          peers.put(organisation, new PeerPorts(take(held), take(held), take(held)));
        }
        return new NetworkLayout(
            directory.toAbsolutePath().normalize(), space, orderer, take(held), take(held), peers);
      } finally {
        for (ServerSocket socket : held) {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw new FabricException("no free loopback ports: " + e.getMessage(), e);
    }
  }

  private static int take(List<ServerSocket> held) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    held.add(socket);
    return socket.getLocalPort();
  }

  /** Whether a network's description lies in a directory. */
  static boolean isIn(Path directory) {
    return Files.isRegularFile(directory.resolve(FILE));
  }

  /**
   * Reads a network's description.
   *
   * @throws FabricException if there is none, or it is damaged
   */
  static NetworkLayout read(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      JsonObject json =
          CanonicalJson.decode(Files.readAllBytes(file))
              .expect(TYPE, "space", "orderer", "ordererPort", "adminPort", "peers");
      SortedMap<String, PeerPorts> peers = new TreeMap<>();
      json.objects("peers", peer -> peer)
          .forEach(peer ->
              peers.put(
                  peer.string("organisation"),
                  new PeerPorts(
                      port(peer, "peer"), port(peer, "chaincode"), port(peer, "service"))));
      return new NetworkLayout(
          directory.toAbsolutePath().normalize(),
          json.string("space"),
          json.string("orderer"),
          port(json, "ordererPort"),
          port(json, "adminPort"),
          peers);
    } catch (IOException | RecordException e) {
      throw FabricException.ofInput(
          "there is no Fabric network in " + directory + ", or its " + FILE + " is damaged: " + e);
    }
  }

  void write() throws IOException {
    JsonObject json =
        JsonObject.builder()
            .put("type", TYPE)
            .put("space", space)
            .put("orderer", orderer)
            .put("ordererPort", (long) ordererPort)
            .put("adminPort", (long) adminPort)
            .put(
                "peers",
                peers.entrySet().stream()
                    .map(entry ->
                        JsonObject.builder()
                            .put("organisation", entry.getKey())
                            .put("peer", (long) entry.getValue().peer())
                            .put("chaincode", (long) entry.getValue().chaincode())
                            .put("service", (long) entry.getValue().service())
                            .build())
                    .toList())
            .build();
    Files.writeString(directory.resolve(FILE), json.toString(), StandardCharsets.UTF_8);
  }

  private static int port(JsonObject json, String key) {
    return Math.toIntExact(json.number(key, 1, 65_535));
  }

  PeerPorts ports(String organisation) {
    PeerPorts ports = peers.get(organisation);
    if (ports == null) {
      throw new IllegalArgumentException(
          "'" + organisation + "' is none of the organisations " + peers.keySet());
    }
    return ports;
  }

  static String at(int port) {
    return HOST + ":" + port;
  }

  /** The directory of an organisation's peer. */
  Path peerHome(String organisation) {
    return directory.resolve("peers").resolve(organisation);
  }

  /** The orderer's directory. */
  Path ordererHome() {
    return directory.resolve("orderer");
  }

  /** The scripts with which a peer takes a contract that is a process of its own. */
  Path builder() {
    return directory.resolve("builder");
  }

  Path genesisFile() {
    return directory.resolve("genesis.block");
  }

  /** A process's id is kept here while it runs. */
  Path pidFile(String process) {
    return directory.resolve("pid").resolve(process);
  }

  /** What a process prints. */
  Path logFile(String process) {
    return directory.resolve("log").resolve(process + ".log");
  }
}
