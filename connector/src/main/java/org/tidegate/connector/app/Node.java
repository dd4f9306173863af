package org.tidegate.connector.app;

import io.grpc.Channel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.connector.config.ConfigException;
import org.tidegate.connector.config.ConfigFile;
import org.tidegate.connector.config.ListenAddress;
import org.tidegate.connector.config.NodeConfig;
import org.tidegate.connector.identity.Credential;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.SpaceDescriptor;
import org.tidegate.connector.job.JobParts;
import org.tidegate.connector.job.JobService;
import org.tidegate.connector.job.JobSettings;
import org.tidegate.connector.job.LegRunner;
import org.tidegate.connector.policy.OwnerPolicy;
import org.tidegate.connector.rpc.AdminEndpoint;
import org.tidegate.connector.rpc.HeadEndpoint;
import org.tidegate.connector.rpc.JobEndpoint;
import org.tidegate.connector.rpc.RemotePeers;
import org.tidegate.connector.source.SourceLimits;
import org.tidegate.connector.sql.Planner;
import org.tidegate.connector.sql.plan.PlanNumbers;
import org.tidegate.connector.store.DatabaseJobStore;
import org.tidegate.connector.store.DocumentTables;
import org.tidegate.connector.store.NodeDatabase;
import org.tidegate.connector.transport.JobKey;
import org.tidegate.connector.transport.JobLanes;
import org.tidegate.connector.transport.LaneRegistry;
import org.tidegate.connector.transport.NodeServer;
import org.tidegate.connector.transport.PeerConnections;
import org.tidegate.connector.transport.TlsIdentity;
import org.tidegate.ledger.client.GatewayLedgerClient;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.client.LedgerConnection;
import org.tidegate.ledger.client.LedgerException;
import org.tidegate.ledger.client.LedgerTimeouts;
import org.tidegate.ledger.contract.TidegateContract;
import org.tidegate.ledger.embedded.EmbeddedLedgerException;
import org.tidegate.mpc.session.Workers;
import org.tidegate.mpc.suite.KernelChoice;

/** A running node: everything of one home, wired. */
public final class Node implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Node.class);

  private final NodeHome home;
  private final NodeServer server;
  private final JobService jobs;
  private final Deque<AutoCloseable> parts;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean closed;

  private Node(NodeHome home, NodeServer server, JobService jobs, Deque<AutoCloseable> parts) {
    this.home = home;
    this.server = server;
    this.jobs = jobs;
    this.parts = parts;
  }

  /**
   * Starts the node of a home: it listens when this returns. It comes onto the ledger, takes up the
   * jobs it left, and warms up in the background.
   *
   * @throws ConfigException if the configuration does not fit or another process runs this home
   * @throws org.tidegate.connector.identity.IdentityException if the home has not joined a space or
   *     a certificate has expired
   * @throws LedgerException {@code ledger.files} if this node's copy of the chain cannot be used
   * @throws RuntimeException of the part that failed, with a message for the operator
   */
  public static Node start(Path directory) {
    NodeConfig config = ConfigFile.load(directory.resolve(ConfigFile.NAME));
    NodeHome home = NodeHome.open(directory);
    home.requireCurrent();
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return start(home, config, parts);
    } catch (EmbeddedLedgerException e) {
      closeAll(parts);
      throw new LedgerException("ledger.files", String.valueOf(e.getMessage()), false, e);
    } catch (RuntimeException | IOException e) {
      closeAll(parts);
      throw e instanceof RuntimeException runtime
          ? runtime
          : new ConfigException("the home " + directory + " cannot be used: " + e.getMessage());
    }
  }

  private static Node start(NodeHome home, NodeConfig config, Deque<AutoCloseable> parts)
      throws IOException {
    parts.push(lock(home.path()));
    NodeScratch.clean(home.path());
    parts.push(NodeLog.open(home.path()));
    SpaceDescriptor space = home.space();
    String self = home.participant();
    NodeDatabase database =
        config.store().url().equals("embedded")
            ? NodeDatabase.embedded(home.path())
            : NodeDatabase.server(config.store().url());
    parts.push(database);
    PeerConnections connections = PeerConnections.ofNode(home);
    parts.push(connections);
    LaneRegistry lanes = new LaneRegistry(self, connections, config.jobs().peerTimeout());
    parts.push(lanes);
    NodeLedger chain = ledger(home, config, space, connections);
    parts.push(chain);
    LedgerClient ledger = ledgerClient(home, space, chain.gateway());
    RemotePeers peers = new RemotePeers(connections, config.jobs().peerTimeout());
    DocumentTables tables = new DocumentTables(database, InstantSource.system());
    SourceLimits limits =
        new SourceLimits(
            Math.toIntExact(config.data().memoryBytes() >> 20), config.compute().workers());
    Products products = new Products(self, ledger, tables, peers, limits, InstantSource.system());
    Workers workers = Workers.of(config.compute().workers());
    parts.push(workers);
    KernelChoice kernels = KernelChoice.best();
    log.info("kernels: {}", kernels.reason());
    JobService jobs =
        new JobService(
            jobParts(
                home,
                config,
                database,
                ledger,
                peers,
                lanes,
                products,
                limits,
                new LegRunner(self, workers, kernels.kernels(), config.jobs().timeout())));
    Registration registration = new Registration(home, ledger);
    Exporter exporter =
        new Exporter(self, chain, connections, space.memberNames(), home.path().resolve("export"));
    CountDownLatch stop = new CountDownLatch(1);
    NodeAdmin admin =
        new NodeAdmin(
            new NodeAdmin.Wiring(
                home,
                config.policy().minimumGroup(),
                ledger,
                jobs,
                products,
                tables,
                registration,
                exporter,
                chain::trouble,
                stop::countDown));
    NodeServer.Builder builder = NodeServer.builder();
    ListenAddress listen = config.listen();
    builder
        .listen(
            listen.host().orElse(home.endpoint().host()),
            listen.host().isPresent() ? listen.port() : home.endpoint().port())
        .identity(new TlsIdentity(home::tls, home::trust))
        .service(lanes)
        .service(new JobEndpoint(() -> jobs, products::offered))
        .service(new HeadEndpoint(chain::head))
        .service(new AdminEndpoint(admin));
    chain.services().forEach(builder::service);
    NodeServer server = builder.start();
    parts.push(server);
    // Closed first: jobs end in order while ledger, peers and store are still there.
    parts.push(ledger);
    parts.push(registration);
    registration.begin();
    parts.push(jobs);
    jobs.start();
    Thread.ofVirtual().name("warm-up").start(() -> warmUp(self, kernels));
    Node node = new Node(home, server, jobs, parts);
    Thread.ofVirtual().name("stop").start(() -> node.closeOn(stop));
    log.info(
        "the node of {} listens on port {}, space {}, {} members",
        self,
        server.port(),
        space.space(),
        space.memberNames().size());
    return node;
  }

  private static NodeLedger ledger(
      NodeHome home, NodeConfig config, SpaceDescriptor space, PeerConnections connections) {
    return config.ledger().isEmbedded()
        ? EmbeddedNodeLedger.open(home, space, connections)
        : FabricNodeLedger.open(home, space, config.ledger().url());
  }

  static GatewayLedgerClient ledgerClient(NodeHome home, SpaceDescriptor space, Channel own) {
    Credential credential = home.ledger();
    return new GatewayLedgerClient(
        new LedgerConnection(
            own,
            home.participant(),
            credential.certificate(),
            credential.privateKey(),
            space.space(),
            TidegateContract.NAME,
            space.memberNames(),
            LedgerTimeouts.DEFAULTS),
        new SecureRandom());
  }

  private static JobParts jobParts(
      NodeHome home,
      NodeConfig config,
      NodeDatabase database,
      LedgerClient ledger,
      RemotePeers peers,
      LaneRegistry lanes,
      Products products,
      SourceLimits limits,
      LegRunner runner) {
    String self = home.participant();
    SecureRandom random = new SecureRandom();
    PlanNumbers numbers =
        new PlanNumbers(
            PlanNumbers.DEFAULTS.computationalBits(),
            config.security().statisticalBits(),
            config.security().paillierBits(),
            PlanNumbers.DEFAULTS.batchItems(),
            config.planning().lineMegabits());
    SqlComputation.Means means =
        new SqlComputation.Means(
            self,
            products,
            limits,
            config.data().maxRows(),
            config.data().maxResultRows(),
            runner,
            random);
    return new JobParts(
        new SpaceParty(home),
        new JobSettings(
            config.jobs().timeout(),
            config.jobs().maxTimeout(),
            config.jobs().peerTimeout(),
            config.jobs().concurrent()),
        new DatabaseJobStore(database, InstantSource.system()),
        ledger,
        peers,
        (jobId, plan, parameters, others, allowed) ->
            new GrpcLanes(lanes.register(new JobKey(jobId, plan, parameters), others, allowed)),
        new SqlPlanning(products, numbers),
        (plan, minimumGroup, stopped) ->
            SqlComputation.prepare((SqlJobPlan) plan, minimumGroup, stopped, means),
        new OwnerPolicy(self, config.policy().minimumGroup(), home::authority),
        InstantSource.system(),
        random);
  }

  /** The transport's lanes as jobs see them. */
  private record GrpcLanes(JobLanes lanes) implements org.tidegate.connector.job.Lanes {
    @Override
    public org.tidegate.mpc.channel.Channel lane(String peer, String label) {
      return lanes.lane(peer, label);
    }

    @Override
    public void abort(String reason) {
      lanes.abort(reason);
    }

    @Override
    public void close() {
      lanes.close();
    }
  }

  private static void warmUp(String self, KernelChoice kernels) {
    long began = System.nanoTime();
    try {
      Planner.warmUp();
      kernels.warmUp();
      log.info("{} is warm after {} ms", self, (System.nanoTime() - began) / 1_000_000);
    } catch (RuntimeException e) {
      // The first query pays for it instead, and reports what is wrong.
      log.warn("warming up failed: {}", e.getMessage());
    }
  }

  /** One process a home: two would spend the same keys and write the same files. */
  private static AutoCloseable lock(Path home) throws IOException {
    Path file = home.resolve("node.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      log.debug("held by this process", e);
    }
    channel.close();
    throw new ConfigException(
        "another node runs with the home "
            + home
            + "; stop it first: tidegate space down, or Ctrl-C");
  }

  /** The participant whose node this is. */
  public String participant() {
    return home.participant();
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Its jobs. */
  public JobService jobs() {
    return jobs;
  }

  /** Waits until the node has been closed. */
  public void awaitTermination() throws InterruptedException {
    stopped.await();
  }

  private void closeOn(CountDownLatch stop) {
    try {
      stop.await();
      // The answer to whoever asked for it is still under way.
      Thread.sleep(200);
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the node. Jobs that run are aborted, and taken up at the next start. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    log.info("the node of {} stops", home.participant());
    closeAll(parts);
    stopped.countDown();
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        log.warn("a part of the node did not close: {}", e.getMessage());
      }
    }
  }
}
