package org.tidegate.ledger.embedded;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Block;
import org.tidegate.ledger.client.GatewayLedgerClient;
import org.tidegate.ledger.client.LedgerConnection;
import org.tidegate.ledger.client.LedgerTimeouts;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.contract.LedgerUnderTest;
import org.tidegate.ledger.contract.TestParticipant;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.contract.TidegateContract;
import org.tidegate.ledger.records.Digest;

/** Nodes of a space in this JVM, with real gRPC over loopback between them; {@code bank} orders. */
public final class EmbeddedNetwork implements LedgerUnderTest {
  public static final String ORDERER = "bank";

  private final TestSpace space;
  private final Path directory;
  private final UnaryOperator<LedgerSettings> change;
  private final Block genesis;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
  private final Map<String, EmbeddedLedger> ledgers = new ConcurrentHashMap<>();
  private final Map<String, Server> servers = new ConcurrentHashMap<>();
  private final Map<String, RecordLedgerClient> clients = new ConcurrentHashMap<>();

  public EmbeddedNetwork(TestSpace space, Path directory, UnaryOperator<LedgerSettings> change) {
    this.space = space;
    this.directory = directory;
    this.change = change;
    this.genesis = genesis(space);
  }

  /** A network with all nodes running. */
  public static EmbeddedNetwork started(TestSpace space, Path directory) {
    EmbeddedNetwork network = new EmbeddedNetwork(space, directory, settings -> settings);
    space.names().forEach(network::start);
    return network;
  }

  public static Block genesis(TestSpace space) {
    SortedMap<String, X509Certificate> members = new TreeMap<>();
    space.names().forEach(name -> members.put(name, space.get(name).caCertificate()));
    return Genesis.create(TestSpace.NAME, space.root(), members, ORDERER, BatchLimits.DEFAULT);
  }

  public Block genesis() {
    return genesis;
  }

  public LedgerSettings settings(String name) {
    TestParticipant participant = space.get(name);
    return change.apply(
        LedgerSettings.of(
            directory.resolve(name),
            genesis,
            name,
            participant.ledgerCertificate(),
            participant.ledgerKey(),
            ORDERER,
            this::channel));
  }

  public EmbeddedLedger start(String name) {
    EmbeddedLedger ledger = EmbeddedLedger.open(settings(name));
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.getOrDefault(name, 0)));
    for (BindableService service : ledger.services()) {
      builder.addService(service);
    }
    try {
      Server server = builder.build().start();
      ports.put(name, server.getPort());
      servers.put(name, server);
    } catch (IOException e) {
      ledger.close();
      throw new IllegalStateException(e);
    }
    ledgers.put(name, ledger);
    return ledger;
  }

  public void stop(String name) {
    Server server = servers.remove(name);
    EmbeddedLedger ledger = ledgers.remove(name);
    if (server != null) {
      server.shutdownNow();
      try {
        server.awaitTermination(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (ledger != null) {
      ledger.close();
    }
  }

  public EmbeddedLedger ledger(String name) {
    EmbeddedLedger ledger = ledgers.get(name);
    if (ledger == null) {
      throw new IllegalStateException(name + " is not running");
    }
    return ledger;
  }

  public Path directory(String name) {
    return directory.resolve(name);
  }

  /** A connection to a node; one is made whether the node runs or not. */
  public ManagedChannel channel(String name) {
    return channels.computeIfAbsent(
        name,
        key -> {
          Integer port = ports.get(key);
          if (port == null) {
            throw io.grpc.Status.UNAVAILABLE
                .withDescription(key + " has not been started yet")
                .asRuntimeException();
          }
          return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        });
  }

  @Override
  public RecordLedgerClient client(String participant) {
    return clients.computeIfAbsent(
        participant,
        name -> {
          TestParticipant self = space.get(name);
          return new GatewayLedgerClient(
              new LedgerConnection(
                  channel(name),
                  name,
                  self.ledgerCertificate(),
                  self.ledgerKey(),
                  TestSpace.NAME,
                  TidegateContract.NAME,
                  space.names(),
                  LedgerTimeouts.DEFAULTS),
              new java.security.SecureRandom());
        });
  }

  @Override
  public Digest genesisHash() {
    return Digest.ofHash(
        org.tidegate.ledger.audit.block.BlockHashes.headerHash(genesis.getHeader()));
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
    long height = ledgers.values().stream().mapToLong(EmbeddedLedger::height).max().orElse(0);
    await(
        "all peers at height " + height,
        () -> ledgers.values().stream().allMatch(ledger -> ledger.height() >= height));
  }

  /** Waits at most 60 s. */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 60 s: " + what);
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    clients.values().forEach(RecordLedgerClient::close);
    space.names().forEach(this::stop);
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
