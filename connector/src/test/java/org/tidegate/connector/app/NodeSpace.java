package org.tidegate.connector.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.tidegate.connector.identity.EmbeddedGenesis;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.JoinRequest;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.connector.transport.PeerConnections;
import org.tidegate.proto.admin.v1.AdminServiceGrpc;
import org.tidegate.proto.admin.v1.ListProductsRequest;
import org.tidegate.proto.admin.v1.PublishRequest;
import org.tidegate.proto.admin.v1.PutGrantRequest;
import org.tidegate.proto.admin.v1.QueryEvent;
import org.tidegate.proto.admin.v1.QueryRequest;
import org.tidegate.proto.admin.v1.ShowJobRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A space of real nodes in this JVM: separate homes, mutual TLS over the loopback interface, the
 * embedded ledger, and everything asked through the administration service.
 */
public final class NodeSpace implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;
  private final Map<String, NodeHome> homes = new TreeMap<>();
  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, PeerConnections> connections = new TreeMap<>();

  /**
   * Makes and starts it; the first name orders.
   *
   * @param configuration each node's {@code config.yaml}
   */
  public NodeSpace(Path directory, String configuration, String... names) throws IOException {
    this.directory = directory;
    SpaceAuthority authority = SpaceAuthority.create(directory.resolve("authority"), "test");
    for (String name : names) {
      Path home = directory.resolve(name);
      homes.put(name, NodeHome.create(home, name, new Endpoint("127.0.0.1", freePort())));
      Files.writeString(home.resolve("config.yaml"), configuration);
    }
    var descriptor =
        authority.admit(
            homes.values().stream().map(home -> JoinRequest.load(home.joinRequestFile())).toList(),
            names[0],
            new EmbeddedGenesis());
    Path file = directory.resolve("space.json");
    SpaceAuthority.write(descriptor, file);
    homes.values().forEach(home -> home.join(file, Optional.of(authority.fingerprint())));
    for (String name : names) {
      start(name);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts a node that is not running. */
  public void start(String name) {
    nodes.put(name, Node.start(directory.resolve(name)));
  }

  /** Stops a node. */
  public void stop(String name) {
    Node node = nodes.remove(name);
    if (node != null) {
      node.close();
    }
  }

  /** A node's home. */
  public NodeHome home(String name) {
    return Objects.requireNonNull(homes.get(name));
  }

  /** The space authority's directory. */
  public Path authority() {
    return directory.resolve("authority");
  }

  /** A stub for the administration of a node. */
  public AdminServiceGrpc.AdminServiceBlockingStub admin(String name) {
    PeerConnections own =
        connections.computeIfAbsent(
            name, key -> PeerConnections.ofAdministrator(home(key), home(key).endpoint()));
    // Nodes of one process that warm up side by side may take longer than a handshake may.
    return AdminServiceGrpc.newBlockingStub(own.to(name))
        .withWaitForReady()
        .withMaxInboundMessageSize(64 << 20)
        .withDeadlineAfter(120, TimeUnit.SECONDS);
  }

  /** Publishes a CSV file as it is. */
  public JsonNode publish(String name, String table, String... lines) throws IOException {
    Path data = Files.createDirectories(directory.resolve("data-" + name));
    Files.write(data.resolve(table + ".csv"), List.of(lines));
    return JSON.readTree(
        admin(name)
            .publish(
                PublishRequest.newBuilder()
                    .setProductYaml("name: " + table + "\nfile: " + table + ".csv\n")
                    .setBaseDir(data.toString())
                    .build())
            .getJson());
  }

  /** All products of the space, as a node lists them. */
  public JsonNode products(String name) {
    return JSON.readTree(
        admin(name).listProducts(ListProductsRequest.getDefaultInstance()).getJson());
  }

  /** Grants all but matching on a product to a recipient. */
  public JsonNode grant(String owner, String product, String recipient, int count, int minimum) {
    return grant(owner, product, "all", recipient, count, minimum);
  }

  /**
   * Grants.
   *
   * @param columns as in a grant file, on one line
   */
  public JsonNode grant(
      String owner, String product, String columns, String recipient, int count, int minimum) {
    String yaml =
        """
        grants:
          - id: %s-%s-%d
            product: %s
            columns: %s
            purpose: test
            recipients: [%s]
            count: %d
            minimumGroup: %d
        """
            .formatted(
                owner, product, System.nanoTime(), product, columns, recipient, count, minimum);
    return JSON.readTree(
        admin(owner).putGrant(PutGrantRequest.newBuilder().setGrantsYaml(yaml).build()).getJson());
  }

  /** Asks; returns the result object. */
  public JsonNode query(String name, String sql) {
    return query(name, sql, "semi-honest");
  }

  /** Asks with a security level; returns the result object. */
  public JsonNode query(String name, String sql, String security) {
    List<String> phases = new ArrayList<>();
    Iterator<QueryEvent> events =
        admin(name).query(QueryRequest.newBuilder().setSql(sql).setSecurity(security).build());
    while (events.hasNext()) {
      QueryEvent event = events.next();
      if (event.hasResultJson()) {
        return JSON.readTree(event.getResultJson());
      }
      phases.add(event.getProgress().getPhase());
    }
    throw new IllegalStateException("no result after " + phases);
  }

  public JsonNode job(String name, String jobId) {
    return JSON.readTree(
        admin(name).showJob(ShowJobRequest.newBuilder().setJobId(jobId).build()).getJson());
  }

  @Override
  public void close() {
    connections.values().forEach(PeerConnections::close);
    nodes.values().forEach(Node::close);
  }
}
