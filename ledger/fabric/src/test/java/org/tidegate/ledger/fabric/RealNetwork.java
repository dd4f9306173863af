package org.tidegate.ledger.fabric;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.tidegate.ledger.audit.block.BlockHashes;
import org.tidegate.ledger.client.GatewayLedgerClient;
import org.tidegate.ledger.client.LedgerConnection;
import org.tidegate.ledger.client.LedgerTimeouts;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.contract.LedgerUnderTest;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.contract.TidegateContract;
import org.tidegate.ledger.embedded.BatchLimits;
import org.tidegate.ledger.records.Digest;

/** A Fabric network of a {@link TestSpace}, with the real programs; {@code bank} orders. */
final class RealNetwork implements LedgerUnderTest {
  private static final BatchLimits BATCHES =
      new BatchLimits(500, 2 << 20, 10 << 20, Duration.ofMillis(10));

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
            new FabricSpace(TestSpace.NAME, space.root(), members, "bank", BATCHES),
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

  @Override
  public void level() {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      List<Long> heights =
          space.names().stream().map(name -> network.height(name, channel(name))).toList();
      if (heights.stream().distinct().count() == 1) {
        return;
      }
      if (System.nanoTime() > until) {
        throw new AssertionError("the peers stay at different heights: " + heights);
      }
      pass(Duration.ofMillis(5));
    }
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
