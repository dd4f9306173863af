package org.tidegate.ledger.fabric;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.audit.LedgerAudit;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.client.GatewayLedgerClient;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.client.LedgerConnection;
import org.tidegate.ledger.client.LedgerTimeouts;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.contract.LedgerUnderTest;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.contract.TidegateContract;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Head;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.SignedHead;

/** A Fabric network of a {@link TestSpace}, with the real programs; {@code bank} orders. */
final class RealNetwork implements LedgerUnderTest {
  private final TestSpace space;
  private final Path directory;
  private final FabricNetwork network;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
  private final Map<String, RecordLedgerClient> clients = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  RealNetwork(TestSpace space, FabricBinaries binaries) {
    this.space = space;
    try {
      directory = Files.createTempDirectory("tidegate-fabric");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<FabricOrganisation> members = members();
    network =
        FabricNetwork.create(
            directory.resolve("network"),
            FabricSpace.of(TestSpace.NAME, space.root(), members, "bank"),
            binaries,
            random);
    try {
      network.start(FabricReleases.contractClassPath());
      network.deploy(members, random);
    } catch (FabricException e) {
      var unused = network.stop();
      throw e;
    }
  }

  private List<FabricOrganisation> members() {
    return space.names().stream()
        .map(name -> {
          TestParticipant member = space.get(name);
          return new FabricOrganisation(
              name,
              member.caCertificate(),
              member.caKey(),
              member.ledgerCertificate(),
              member.ledgerKey());
        })
        .toList();
  }

  FabricNetwork network() {
    return network;
  }

  private ManagedChannel channel(String name) {
    return channels.computeIfAbsent(name, network::connect);
  }

  @Override
  public RecordLedgerClient client(String participant) {
    return clients.computeIfAbsent(
        participant,
        name ->
            new GatewayLedgerClient(
                new LedgerConnection(
                    channel(name),
                    name,
                    space.get(name).ledgerCertificate(),
                    space.get(name).ledgerKey(),
                    TestSpace.NAME,
                    TidegateContract.NAME,
                    space.names(),
                    LedgerTimeouts.DEFAULTS),
                random));
  }

  @Override
  public Digest genesisHash() {
    return Digest.ofHash(BlockHashes.headerHash(network.genesis().getHeader()));
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void pass(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kills a process, such as {@code peer-bank}, without any warning. */
  void kill(String process) {
    long pid =
        network.processes().stream()
            .filter(state -> state.name().equals(process))
            .findFirst()
            .orElseThrow()
            .pid();
    ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
    boolean unused = handle.destroyForcibly();
    handle.onExit().join();
  }

  /** Starts what does not run, and waits until it works. */
  void startAgain() {
    network.start(FabricReleases.contractClassPath());
    network.awaitReady(random);
  }

  /** The members whose peers run; the others are level when they are back. */
  private List<String> running() {
    return space.names().stream()
        .filter(name ->
            network.processes().stream()
                .anyMatch(state -> state.name().equals("peer-" + name) && state.isRunning()))
        .toList();
  }

  @Override
  public void level() {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      List<Long> heights =
          running().stream().map(name -> network.height(name, channel(name))).toList();
      if (heights.stream().distinct().count() == 1) {
        return;
      }
      if (System.nanoTime() > until) {
        throw new AssertionError("the peers stay at different heights: " + heights);
      }
      pass(Duration.ofMillis(5));
    }
  }

  /** Writes the chain, with heads that all members sign, into a new export. */
  LedgerExport export() throws IOException, InterruptedException {
    level();
    long height = network.height("bank", channel("bank"));
    LedgerExport export = LedgerExport.create(directory.resolve("export"));
    List<Block> blocks = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch((int) height);
    try (LedgerClient.Subscription subscription =
        client("bank")
            .follow(
                0,
                block -> {
                  blocks.add(block);
                  all.countDown();
                })) {
      if (!all.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("only " + blocks.size() + " of " + height + " blocks came");
      }
    }
    for (Block block : blocks.subList(0, (int) height)) {
      export.write(block);
    }
    Digest hash = Digest.ofHash(BlockHashes.headerHash(blocks.get((int) height - 1).getHeader()));
    export.write(
        space.names().stream()
            .map(name -> {
              Head head = new Head(TestSpace.NAME, height, hash, name, now());
              TestParticipant member = space.get(name);
              return new SignedHead(
                  Signed.sign(head, member.ledgerKey()), Pems.of(member.ledgerCertificate()));
            })
            .toList());
    return export;
  }

  /** The audit's report of an export. */
  AuditReport audit(LedgerExport export) {
    return new LedgerAudit(export, space.root(), Optional.empty()).report();
  }

  @Override
  public void close() {
    clients.values().forEach(RecordLedgerClient::close);
    channels.values().forEach(Connections::close);
    var unused = network.stop();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
