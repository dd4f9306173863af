package org.tidegate.ledger.fabric;

import io.grpc.ManagedChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.contract.ContractServer;
import org.tidegate.ledger.records.Digest;

/**
 * A Fabric network of a space, in a directory of this machine: {@link #create} writes it, {@link
 * #start} runs its processes, {@link #deploy} puts the contract on its channel, once, and {@link
 * #stop} ends the processes. What it has committed stays, and {@link #open} finds it again.
 */
public final class FabricNetwork {
  private static final String ORDERER = "orderer";
  private static final String PEER = "peer-";
  private static final String CONTRACT = "contract-";
  private static final String CONFIGURATION = "FABRIC_CFG_PATH";
  private static final String LOGGING = "FABRIC_LOGGING_SPEC";
  private static final String LOG_LEVEL = "warning";

  /** What the contract's JVM runs with: it is small, and starts rarely. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final NetworkLayout layout;
  private final FabricBinaries binaries;
  private final Processes processes;

  private FabricNetwork(NetworkLayout layout, FabricBinaries binaries) {
    this.layout = layout;
    this.binaries = binaries;
    this.processes = new Processes(layout);
  }

  /**
   * Writes a new network; nothing runs yet.
   *
   * @param directory an empty one, or none yet
   * @throws FabricException if there is a network already, or it cannot be written
   */
  public static FabricNetwork create(
      Path directory, FabricSpace space, FabricBinaries binaries, SecureRandom random) {
    if (isIn(directory)) {
      throw FabricException.ofInput("there is a Fabric network in " + directory + " already");
    }
    try {
      return new FabricNetwork(
          NetworkFiles.write(directory, space, binaries.isVersion2(), random), binaries);
    } catch (IOException e) {
      throw new FabricException("the network cannot be written: " + e.getMessage(), e);
    }
  }

  /** A network that was made before. */
  public static FabricNetwork open(Path directory, FabricBinaries binaries) {
    return new FabricNetwork(NetworkLayout.read(directory), binaries);
  }

  /** Whether a network was made in a directory. */
  public static boolean isIn(Path directory) {
    return NetworkLayout.isIn(directory);
  }

  /** Block 0 of the channel. */
  public Block genesis() {
    try {
      return Block.parseFrom(Files.readAllBytes(layout.genesisFile()));
    } catch (IOException e) {
      throw new FabricException(layout.genesisFile() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The header hash of block 0, which the space's authority signs. */
  public Digest genesisHash() {
    return Digest.ofHash(BlockHashes.headerHash(genesis().getHeader()));
  }

  /** The organisations, in order. */
  public List<String> organisations() {
    return List.copyOf(layout.peers().keySet());
  }

  /** Where clients reach an organisation's peer, {@code host:port}. */
  public String peerAddress(String organisation) {
    return NetworkLayout.at(layout.ports(organisation).peer());
  }

  /** The file of the certificate that issued that peer's TLS certificate. */
  public Path tlsAuthority(String organisation) {
    return NetworkFiles.tlsAuthority(layout, organisation);
  }

  /** A connection to an organisation's peer, to be closed by the caller. */
  public ManagedChannel connect(String organisation) {
    return Connections.to(layout.ports(organisation).peer(), tlsAuthority(organisation));
  }

  /**
   * Starts what does not run: the orderer, and a peer and a contract process for each organisation.
   * Returns before they are ready.
   *
   * @param contractClassPath the contract service and its libraries
   */
  public void start(List<Path> contractClassPath) {
    try {
      processes.start(
          ORDERER,
          List.of(binaries.orderer().toString()),
          Map.of(CONFIGURATION, layout.ordererHome().toString(), LOGGING, LOG_LEVEL));
      String authority = NetworkFiles.authority(layout);
      for (String name : organisations()) {
        processes.start(
            PEER + name,
            List.of(binaries.peer().toString(), "node", "start"),
            Map.of(CONFIGURATION, layout.peerHome(name).toString(), LOGGING, LOG_LEVEL));
        processes.start(
            CONTRACT + name,
            contractCommand(contractClassPath),
            Map.of(
                "CHAINCODE_SERVER_ADDRESS",
                NetworkLayout.at(layout.ports(name).service()),
                "CORE_CHAINCODE_ID_NAME",
                Deployment.contractPackage(layout, name).id(),
                "TIDEGATE_AUTHORITY",
                authority));
      }
    } catch (IOException e) {
      var unused = stop();
      throw new FabricException("a program of the network does not start: " + e.getMessage(), e);
    }
  }

  private static List<String> contractCommand(List<Path> classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add("-cp");
    command.add(
        classPath.stream()
            .map(path -> path.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(ContractServer.class.getName());
    return command;
  }

  /**
   * Brings the started network to where every organisation endorses: joins the orderer and the
   * peers to the channel, installs, approves and commits the contract. What is done already stays.
   *
   * @param organisations with their authorities, which appoint an administrator for the moment
   */
  public void deploy(List<FabricOrganisation> organisations, SecureRandom random) {
    new Deployment(layout, random, this::requireRunning).run(organisations, genesis());
  }

  /** Waits until every organisation's contract endorses, after a later start. */
  public void awaitReady(SecureRandom random) {
    new Deployment(layout, random, this::requireRunning).awaitContract();
  }

  private void requireRunning() {
    for (String name : processNames()) {
      if (processes.find(name).isEmpty()) {
        throw new FabricException(
            "the process " + name + " has ended; the end of its log " + processes.lastWords(name));
      }
    }
  }

  /** How many blocks an organisation's peer has committed. */
  public long height(String organisation) {
    ManagedChannel channel = connect(organisation);
    try {
      return height(organisation, channel);
    } finally {
      Connections.close(channel);
    }
  }

  /** The same over a connection of the caller's. */
  public long height(String organisation, ManagedChannel channel) {
    try {
      return new PeerAdmin(
              organisation, NetworkFiles.node(layout, organisation), channel, new SecureRandom())
          .chain(layout.space())
          .getHeight();
    } catch (IOException e) {
      throw new FabricException(
          "the identity of '" + organisation + "' cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A process of the network.
   *
   * @param name such as {@code orderer}, {@code peer-bank}, {@code contract-bank}
   * @param pid its id, or 0 when it does not run
   * @param address where it listens
   */
  public record ProcessState(String name, long pid, String address) {
    /** Whether it runs. */
    public boolean isRunning() {
      return pid != 0;
    }
  }

  /** All processes, whether they run or not. */
  public List<ProcessState> processes() {
    List<ProcessState> states = new ArrayList<>();
    states.add(state(ORDERER, layout.ordererPort()));
    layout
        .peers()
        .forEach((name, ports) -> {
          states.add(state(PEER + name, ports.peer()));
          states.add(state(CONTRACT + name, ports.service()));
        });
    return states;
  }

  private ProcessState state(String name, int port) {
    return new ProcessState(
        name, processes.find(name).map(ProcessHandle::pid).orElse(0L), NetworkLayout.at(port));
  }

  private List<String> processNames() {
    List<String> names = new ArrayList<>();
    layout
        .peers()
        .keySet()
        .forEach(name -> {
          names.add(CONTRACT + name);
          names.add(PEER + name);
        });
    names.add(ORDERER);
    return names;
  }

  /** Ends the processes, and returns the names of those that were running. */
  public List<String> stop() {
    try {
      return processes.stop(processNames());
    } catch (IOException e) {
      throw new FabricException("the network cannot be stopped: " + e.getMessage(), e);
    }
  }

  /** Ends the processes of a network, for which the programs themselves are not needed. */
  public static List<String> stop(Path directory) {
    return openOnly(directory).stop();
  }

  /** A network to look at and to stop; it cannot be started without its programs. */
  public static FabricNetwork openOnly(Path directory) {
    return open(directory, new FabricBinaries(directory, directory, ""));
  }
}
