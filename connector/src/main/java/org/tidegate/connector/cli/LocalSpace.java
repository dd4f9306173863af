package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.PrivateFiles;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.ledger.fabric.FabricBinaries;
import org.tidegate.ledger.fabric.FabricNetwork;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.proto.admin.v1.NodeStatusRequest;
import tools.jackson.databind.JsonNode;

/**
 * A whole space on this machine: an authority and the homes of all participants under one
 * directory, and one process for each node, on free ports of the loopback interface. The homes are
 * as separate as institutions' would be; only the directory they lie in is common.
 */
public final class LocalSpace implements AutoCloseable {
  private static final String FILE_NAME = "local-space.json";
  private static final String TYPE = "tidegate.local-space/1";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Path home;
  private final List<NodeInfo> nodes;

  /** What carries the ledger. */
  public enum LedgerKind {
    /** The nodes themselves. */
    EMBEDDED,
    /** A Fabric network on this machine, of the programs that are found. */
    FABRIC;

    /** The kind of that name, in small letters. */
    public static LedgerKind of(String name) {
      return switch (name) {
        case "embedded" -> EMBEDDED;
        case "fabric" -> FABRIC;
        default ->
            throw new CommandException(
                Exit.USAGE,
                "cli.usage",
                "there is no ledger '" + name + "'; say --ledger embedded or --ledger fabric");
      };
    }

    /** The name in small letters. */
    public String text() {
      return this == FABRIC ? "fabric" : "embedded";
    }
  }

  /**
   * A running node.
   *
   * @param participant whose it is
   * @param pid its process
   * @param started when the process began
   * @param home its home
   * @param api {@code host:port} of its gRPC server
   */
  public record NodeInfo(String participant, long pid, Instant started, Path home, String api) {
    /** As it stands in machine output. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("participant", participant);
      map.put("pid", pid);
      map.put("home", home.toString());
      map.put("api", api);
      return map;
    }
  }

  private LocalSpace(Path home, List<NodeInfo> nodes) {
    this.home = home;
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Makes and starts a space, publishes every table and grants its use. If anything fails, the
   * nodes started so far are stopped, and what was made is removed.
   *
   * @param data as {@link LocalData} describes
   * @param home a directory that is new, or holds no space yet
   * @param grants grants in YAML; without it everything is granted to everybody
   */
  public static LocalSpace up(Path data, Path home, Optional<Path> grants, Output output)
      throws IOException, InterruptedException {
    return up(data, home, grants, LedgerKind.EMBEDDED, output);
  }

  /** The same on a ledger of one's choice. */
  public static LocalSpace up(
      Path data, Path home, Optional<Path> grants, LedgerKind ledger, Output output)
      throws IOException, InterruptedException {
    LocalData local = LocalData.of(data);
    LocalGrants wanted =
        grants.isPresent() ? LocalGrants.load(grants.get()) : LocalGrants.everything(local);
    for (String owner : wanted.owners()) {
      if (local.participants().stream().noneMatch(other -> other.name().equals(owner))) {
        throw new CommandException(
            Exit.USAGE,
            "cli.grants",
            "grants name the participant '" + owner + "', of which there is no data in " + data);
      }
    }
    requireNoSpace(home);
    Optional<FabricBinaries> fabric =
        ledger == LedgerKind.FABRIC ? Optional.of(LocalFabric.binaries()) : Optional.empty();
    List<Path> before = entries(home);
    try {
      return up(local, home, wanted, fabric, output);
    } catch (RuntimeException | IOException | InterruptedException e) {
      List<String> unused = LocalFabric.stop(home);
      removeAllBut(before, home);
      throw e;
    }
  }

  private static LocalSpace up(
      LocalData local,
      Path home,
      LocalGrants wanted,
      Optional<FabricBinaries> fabric,
      Output output)
      throws IOException, InterruptedException {
    List<String> names = local.participants().stream().map(LocalData.Participant::name).toList();
    LocalHomes homes = LocalHomes.make(home, names, fabric);
    homes.network().ifPresent(network -> LocalFabric.begin(network, homes.nodes(), output));
    LocalSpace space = start(home, homes.nodes(), output);
    try {
      for (LocalData.Participant participant : local.participants()) {
        try (NodeClient client = new NodeClient(home.resolve(participant.name()))) {
          for (LocalData.Table table : participant.tables()) {
            output.note("publishing %s.%s", participant.name(), table.name());
            JsonNode unused = CatalogCommands.publish(client, table.published());
          }
          String yaml = wanted.yaml(participant.name());
          if (!yaml.isEmpty()) {
            JsonNode granted = GrantCommands.put(client, yaml);
            output.note("granted: %d", granted.path("grants").size());
          }
        }
      }
      return space;
    } catch (RuntimeException | IOException e) {
      space.close();
      throw e;
    }
  }

  /** The nodes, in the participants' order; the first one orders. */
  public List<NodeInfo> nodes() {
    return nodes;
  }

  /** The process that orders: the first node, or the orderer of the Fabric network. */
  public long ledgerPid() {
    return LocalFabric.isIn(home)
        ? FabricNetwork.openOnly(LocalFabric.directory(home)).processes().getFirst().pid()
        : nodes.getFirst().pid();
  }

  /** The home of a participant. */
  public Path home(String participant) {
    return home.resolve(participant);
  }

  /** The space authority's root certificate, which an auditor trusts. */
  public Path rootFile() {
    return SpaceAuthority.load(home).rootFile();
  }

  /** Stops the nodes. */
  public void down() throws InterruptedException {
    stop(home, nodes);
  }

  /** As {@link #down}. */
  @Override
  public void close() {
    try {
      down();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether {@link #up} has started nodes there, be they running or not. */
  public static boolean isIn(Path home) {
    return Files.exists(home.resolve(FILE_NAME));
  }

  /**
   * Stops the nodes that {@link #up} started in some process.
   *
   * @return those that were running
   * @throws CommandException if no space was started there
   */
  public static List<NodeInfo> down(Path home) throws InterruptedException {
    Path file = home.resolve(FILE_NAME);
    if (!isIn(home)) {
      throw new CommandException(
          Exit.USAGE,
          "cli.home",
          "no space was started in " + home + " with 'tidegate space up': there is no " + file);
    }
    byte[] bytes =
        PrivateFiles.read(file, CanonicalJson.MAX_BYTES, "It is written by 'tidegate space up'.");
    List<NodeInfo> nodes =
        CanonicalJson.decode(bytes)
            .expect(TYPE, "nodes")
            .objects(
                "nodes",
                node ->
                    new NodeInfo(
                        node.string("participant"),
                        node.number("pid"),
                        Instant.ofEpochMilli(node.number("started")),
                        Path.of(node.string("home")),
                        node.string("api")));
    return stop(home, nodes);
  }

  private static List<NodeInfo> stop(Path home, List<NodeInfo> nodes) throws InterruptedException {
    List<NodeInfo> running =
        nodes.stream()
            .filter(node -> NodeProcess.find(node.pid(), node.started()).isPresent())
            .toList();
    NodeProcess.stop(
        running.stream()
            .flatMap(node -> NodeProcess.find(node.pid(), node.started()).stream())
            .toList());
    // The ledger last, as what the nodes have begun ends on it.
    List<String> unused = LocalFabric.stop(home);
    return running;
  }

  /** What lies in a directory; nothing if there is none. */
  static List<Path> entries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  /** Removes what a failed start has left, so that the next can use the same directory. */
  static void removeAllBut(List<Path> before, Path home) throws IOException {
    for (Path entry : entries(home)) {
      if (!before.contains(entry)) {
        try (Stream<Path> made = Files.walk(entry)) {
          for (Path path : made.sorted(Comparator.reverseOrder()).toList()) {
            Files.deleteIfExists(path);
          }
        }
      }
    }
  }

  private static void requireNoSpace(Path home) {
    if (isIn(home) || Files.exists(home.resolve("authority"))) {
      throw new CommandException(
          Exit.USAGE,
          "cli.home",
          "there is a space in "
              + home
              + " already; stop it with 'tidegate space down --home "
              + home
              + "' and choose a new --home, or start its nodes again with 'tidegate start'");
    }
  }

  private static LocalSpace start(Path home, List<NodeHome> homes, Output output)
      throws IOException, InterruptedException {
    List<Process> processes = new ArrayList<>();
    List<NodeInfo> nodes = new ArrayList<>();
    try {
      for (NodeHome node : homes) {
        output.note("starting the node of %s at %s", node.participant(), node.endpoint());
        Process process = NodeProcess.start(node.path());
        processes.add(process);
        nodes.add(
            new NodeInfo(
                node.participant(),
                process.pid(),
                NodeProcess.started(process.toHandle()),
                node.path(),
                node.endpoint().toString()));
      }
      LocalSpace space = new LocalSpace(home, nodes);
      space.write();
      for (int i = 0; i < nodes.size(); i++) {
        awaitReady(nodes.get(i), processes.get(i));
      }
      return space;
    } catch (IOException | RuntimeException | InterruptedException e) {
      NodeProcess.stop(processes.stream().map(Process::toHandle).toList());
      throw e;
    }
  }

  private static void awaitReady(NodeInfo node, Process process) throws InterruptedException {
    long until = System.nanoTime() + START_TIMEOUT.toNanos();
    try (NodeClient client = new NodeClient(node.home())) {
      while (true) {
        try {
          var unused =
              client.call(10, stub -> stub.nodeStatus(NodeStatusRequest.getDefaultInstance()));
          return;
        } catch (RuntimeException e) {
          if (!process.isAlive()) {
            throw new CommandException(
                Exit.ABORTED,
                "cli.start",
                "the node of "
                    + node.participant()
                    + " did not start; its last words:\n  "
                    + NodeProcess.lastWords(node.home()));
          }
          if (System.nanoTime() > until) {
            throw new CommandException(
                Exit.ABORTED,
                "cli.start",
                "the node of "
                    + node.participant()
                    + " was not ready within "
                    + START_TIMEOUT.toSeconds()
                    + " s ("
                    + e.getMessage()
                    + "); its last words:\n  "
                    + NodeProcess.lastWords(node.home()));
          }
          Thread.sleep(POLL);
        }
      }
    }
  }

  private void write() {
    JsonObject json =
        JsonObject.builder()
            .put("type", TYPE)
            .put(
                "nodes",
                nodes.stream()
                    .map(node ->
                        JsonObject.builder()
                            .put("participant", node.participant())
                            .put("pid", node.pid())
                            .put("started", node.started().toEpochMilli())
                            .put("home", node.home().toString())
                            .put("api", node.api())
                            .build())
                    .toList())
            .build();
    PrivateFiles.writeShared(
        home.resolve(FILE_NAME), json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
