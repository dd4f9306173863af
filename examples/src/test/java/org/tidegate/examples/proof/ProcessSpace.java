package org.tidegate.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.tidegate.connector.cli.Main;
import org.tidegate.connector.identity.EmbeddedGenesis;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.JoinRequest;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.connector.job.JobState;
import org.tidegate.connector.transport.PeerConnections;
import org.tidegate.proto.admin.v1.AdminServiceGrpc;
import org.tidegate.proto.admin.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import org.tidegate.proto.admin.v1.NodeStatusRequest;
import org.tidegate.proto.admin.v1.PublishRequest;
import org.tidegate.proto.admin.v1.PutGrantRequest;
import org.tidegate.proto.admin.v1.QueryEvent;
import org.tidegate.proto.admin.v1.QueryRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A space of real node processes, each pair of which is joined by a {@link Link} of its own. To
 * that end every process has its own view of where {@code localhost} is: all endpoints are {@code
 * localhost:port}, and each node finds the others' relays under an address of the loopback network
 * that no other node uses.
 */
final class ProcessSpace implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration READY = Duration.ofMinutes(2);

  private final Path directory;
  private final List<String> names;
  private final Map<String, NodeHome> homes = new TreeMap<>();
  private final Map<String, Process> processes = new TreeMap<>();
  private final Map<String, PeerConnections> administrators = new TreeMap<>();
  private final Map<List<String>, Link> links = new HashMap<>();
  private final SpaceAuthority authority;

  /**
   * Makes the homes; the first name orders.
   *
   * @param configuration each node's {@code config.yaml}, without {@code node.listen}
   */
  ProcessSpace(Path directory, String configuration, String... names) throws IOException {
    this.directory = directory;
    this.names = List.of(names);
    this.authority = SpaceAuthority.create(directory.resolve("authority"), "proof");
    List<Integer> ports = freePorts(names.length);
    for (int i = 0; i < names.length; i++) {
      Path home = directory.resolve(names[i]);
      homes.put(names[i], NodeHome.create(home, names[i], new Endpoint("localhost", ports.get(i))));
      Files.writeString(
          home.resolve("config.yaml"),
          "node:\n  listen: 127.0.0.1:" + ports.get(i) + "\n" + configuration);
      Files.writeString(home.resolve("hosts"), "127.77.1." + (i + 1) + " localhost\n");
      for (int j = 0; j < names.length; j++) {
        links.put(
            List.of(names[i], names[j]),
            new Link(
                new InetSocketAddress(Link.address(127, 77, 1, i + 1), ports.get(j)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(j))));
      }
    }
    admit();
  }

  /** The authority admits everybody, once more if need be, and everybody joins. */
  void admit() {
    var descriptor =
        authority.admit(
            homes.values().stream().map(home -> JoinRequest.load(home.joinRequestFile())).toList(),
            names.getFirst(),
            new EmbeddedGenesis());
    Path file = directory.resolve("space-" + System.nanoTime() + ".json");
    SpaceAuthority.write(descriptor, file);
    homes.values().forEach(home -> home.join(file, Optional.of(authority.fingerprint())));
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  /** Starts every node, and waits until they answer. */
  ProcessSpace up() throws Exception {
    for (String name : names) {
      spawn(name);
    }
    for (String name : names) {
      awaitReady(name);
    }
    return this;
  }

  /** Starts a node that cannot run, and gives its exit code; it has to end by itself. */
  int spawnAndWait(String name) throws Exception {
    Process process = spawn(name);
    assertThat(process.waitFor(60, TimeUnit.SECONDS))
        .describedAs("%s runs: %s", name, said(name))
        .isTrue();
    return process.exitValue();
  }

  /** Starts a node's process; it may not answer yet. */
  Process spawn(String name) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!argument.startsWith("-agentlib") && !argument.startsWith("-javaagent")) {
        command.add(argument);
      }
    }
    Path home = home(name);
    command.add("-Djdk.net.hosts.file=" + home.resolve("hosts").toAbsolutePath());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("start", "--home", home.toAbsolutePath().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
            .start();
    processes.put(name, process);
    // A test that is cut off leaves no node behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  /** Waits until a node answers its administrator. */
  void awaitReady(String name) throws InterruptedException {
    long began = System.nanoTime();
    while (true) {
      assertThat(process(name).isAlive()).describedAs("%s ended: %s", name, said(name)).isTrue();
      try {
        var _ =
            admin(name)
                .withDeadlineAfter(5, TimeUnit.SECONDS)
                .nodeStatus(NodeStatusRequest.getDefaultInstance());
        return;
      } catch (StatusRuntimeException e) {
        assertThat(System.nanoTime() - began)
            .describedAs("%s does not answer (%s): %s", name, e.getStatus(), said(name))
            .isLessThan(READY.toNanos());
        Thread.sleep(100);
      }
    }
  }

  /** Starts a node that is not running, and waits until it answers. */
  void start(String name) throws Exception {
    spawn(name);
    awaitReady(name);
  }

  /** SIGKILL. */
  void kill(String name) throws InterruptedException {
    process(name).destroyForcibly().waitFor();
  }

  private Process process(String name) {
    return Objects.requireNonNull(processes.get(name));
  }

  /** A node's home. */
  Path home(String name) {
    return Objects.requireNonNull(homes.get(name)).path();
  }

  /** Where a node listens. */
  int port(String name) {
    return Objects.requireNonNull(homes.get(name)).endpoint().port();
  }

  /** Where a node's output goes. */
  Path log(String name) {
    return home(name).resolve("node.out");
  }

  /** The last of what a node said. */
  String said(String name) {
    try {
      List<String> lines = Files.readAllLines(log(name));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The cable from one node to another. */
  Link link(String from, String to) {
    return Objects.requireNonNull(links.get(List.of(from, to)));
  }

  /** Every cable between different nodes. */
  List<Link> cables() {
    return links.entrySet().stream()
        .filter(entry -> !entry.getKey().get(0).equals(entry.getKey().get(1)))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The authority's certificate. */
  Path root() {
    return authority.rootFile();
  }

  /** The administration of a node, past all cables. */
  AdminServiceBlockingStub admin(String name) {
    NodeHome home = Objects.requireNonNull(homes.get(name));
    PeerConnections own =
        administrators.computeIfAbsent(
            name,
            _ ->
                PeerConnections.ofAdministrator(
                    home, new Endpoint("127.0.0.1", home.endpoint().port())));
    return AdminServiceGrpc.newBlockingStub(own.to(name))
        .withMaxInboundMessageSize(64 << 20)
        .withDeadlineAfter(300, TimeUnit.SECONDS);
  }

  /** Publishes the product {@code data/table.yaml}. */
  void publish(String name, Path data, String table) throws IOException {
    var _ =
        admin(name)
            .publish(
                PublishRequest.newBuilder()
                    .setProductYaml(Files.readString(data.resolve(table + ".yaml")))
                    .setBaseDir(data.toAbsolutePath().toString())
                    .build());
  }

  /** Grants everything on a product to a recipient, and gives the grant's id. */
  String grant(String owner, String product, String recipient, int count) {
    String id = owner + "-" + product + "-" + System.nanoTime();
    String yaml =
        """
        grants:
          - id: %s
            product: %s
            columns: all
            purpose: any
            recipients: [%s]
            count: %d
            minimumGroup: 1
        """
            .formatted(id, product, recipient, count);
    var _ = admin(owner).putGrant(PutGrantRequest.newBuilder().setGrantsYaml(yaml).build());
    return id;
  }

  /**
   * Asks; gives the result object.
   *
   * @throws StatusRuntimeException if the node dies meanwhile
   */
  JsonNode query(String name, String sql) {
    Iterator<QueryEvent> events = admin(name).query(QueryRequest.newBuilder().setSql(sql).build());
    while (events.hasNext()) {
      QueryEvent event = events.next();
      if (event.hasResultJson()) {
        return JSON.readTree(event.getResultJson());
      }
    }
    throw new IllegalStateException("the query ended without a result");
  }

  /** Exports a node's chain and verifies it; gives the command's answer. */
  JsonNode audit(String name) throws IOException {
    Path out = Files.createTempDirectory(directory, "export");
    CommandRun export =
        CommandRun.tidegate(
            "audit", "export", "--node", home(name).toString(), "--out", out.toString());
    assertThat(export.exit()).describedAs(export.said()).isZero();
    CommandRun verify =
        CommandRun.tidegate(
            "audit", "verify", "--blocks", out.toString(), "--root", root().toString());
    assertThat(verify.exit()).describedAs(verify.said()).isZero();
    assertThat(verify.json().path("findings").isEmpty()).isTrue();
    return verify.json();
  }

  /** Waits until every job of a node is over. */
  void awaitIdle(String name) throws Exception {
    long began = System.nanoTime();
    try (StoreWatch store = new StoreWatch(home(name))) {
      while (!store.states().values().stream().allMatch(JobState::isFinal)) {
        assertThat(System.nanoTime() - began)
            .describedAs("%s: %s%n%s", name, store.states(), said(name))
            .isLessThan(READY.toNanos());
        Thread.sleep(100);
      }
    }
  }

  /** A grant's entry among an audit's balances. */
  static JsonNode balance(JsonNode audit, String grant) {
    for (JsonNode balance : audit.path("balances")) {
      if (balance.path("grant").asString().equals(grant)) {
        return balance;
      }
    }
    throw new AssertionError("no balance of " + grant + " in " + audit);
  }

  @Override
  public void close() throws Exception {
    administrators.values().forEach(PeerConnections::close);
    for (Process process : processes.values()) {
      process.destroyForcibly().waitFor();
    }
    for (Link link : links.values()) {
      link.close();
    }
  }
}
