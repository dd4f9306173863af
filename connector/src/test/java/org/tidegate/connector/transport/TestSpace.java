package org.tidegate.connector.transport;

import io.grpc.BindableService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.JoinRequest;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.connector.identity.TestGenesis;
import org.tidegate.ledger.records.Digest;

/**
 * A space of several participants, each with its own home, server, connections and lanes, on the
 * loopback interface.
 */
final class TestSpace implements AutoCloseable {
  private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Endpoint> ports = new ConcurrentHashMap<>();

  /** One participant's running node. */
  record Node(
      NodeHome home,
      TlsIdentity identity,
      PeerConnections connections,
      LaneRegistry lanes,
      NodeServer server)
      implements AutoCloseable {
    @Override
    public void close() {
      lanes.close();
      connections.close();
      server.close();
    }

    Endpoint endpoint() {
      return new Endpoint("127.0.0.1", server.port());
    }
  }

  TestSpace(Path directory, String... participants) {
    this(directory, List.of(), participants);
  }

  TestSpace(Path directory, List<BindableService> services, String... participants) {
    List<NodeHome> homes = homes(directory, participants);
    for (NodeHome home : homes) {
      TlsIdentity identity = new TlsIdentity(home::tls, home::trust);
      PeerConnections connections = new PeerConnections(identity, this::endpoint);
      LaneRegistry lanes = new LaneRegistry(home.participant(), connections, OPEN_TIMEOUT);
      NodeServer.Builder server =
          NodeServer.builder().listen("127.0.0.1", 0).identity(identity).service(lanes);
      services.forEach(server::service);
      Node node = new Node(home, identity, connections, lanes, server.start());
      nodes.put(home.participant(), node);
      ports.put(home.participant(), node.endpoint());
    }
  }

  /** Homes that have joined a space; nothing runs. */
  static List<NodeHome> homes(Path directory, String... participants) {
    SpaceAuthority authority = SpaceAuthority.create(directory.resolve("authority"), "harbour");
    List<NodeHome> homes = new ArrayList<>();
    for (String name : participants) {
      // The port in the file is not used: servers take a free one, and tests say which.
      Endpoint endpoint = new Endpoint("127.0.0.1", 7001 + homes.size());
      homes.add(NodeHome.create(directory.resolve(name), name, endpoint));
    }
    var descriptor =
        authority.admit(
            homes.stream().map(home -> JoinRequest.load(home.joinRequestFile())).toList(),
            participants[0],
            TestGenesis::create);
    Path file = directory.resolve("space.json");
    SpaceAuthority.write(descriptor, file);
    homes.forEach(home -> home.join(file, Optional.of(authority.fingerprint())));
    return homes;
  }

  Node node(String participant) {
    return Objects.requireNonNull(nodes.get(participant));
  }

  Endpoint endpoint(String participant) {
    return Objects.requireNonNull(ports.get(participant));
  }

  /** Sends those who want to reach the participant elsewhere. */
  void redirect(String participant, Endpoint endpoint) {
    ports.put(participant, endpoint);
  }

  static JobKey job(String seed) {
    return new JobKey(
        Digest.of(("job " + seed).getBytes(StandardCharsets.UTF_8)),
        Digest.of(new byte[] {2}),
        Digest.of(new byte[] {3}));
  }

  JobLanes register(String participant, JobKey key, String... peers) {
    return node(participant).lanes().register(key, Set.of(peers), Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    nodes.values().forEach(Node::close);
  }
}
