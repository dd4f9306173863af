package org.tidegate.connector.transport;

import io.grpc.BindableService;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.tidegate.ledger.records.Digest;
import org.tidegate.proto.channel.v1.ChannelServiceGrpc;
import org.tidegate.proto.channel.v1.Open;

/**
 * All lanes of a node, by job. A job that runs here is registered first; a peer can open a lane
 * only of a registered job that it takes part in, with the same plan and parameters. This is the
 * channel service of the node's server.
 *
 * <p>Safe for use by several threads.
 */
public final class LaneRegistry implements BindableService, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LaneRegistry.class);
  private static final int DIGEST_BYTES = 32;

  private final String self;
  private final PeerConnections connections;
  private final Duration openTimeout;
  private final ConcurrentHashMap<Digest, JobLanes> jobs = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("lane-timer").factory(),
          // Lanes that end after the registry was closed need no timers any more.
          new ThreadPoolExecutor.DiscardPolicy());

  /**
   * Lanes of one node.
   *
   * @param self the participant whose node this is
   * @param connections to the peers
   * @param openTimeout how long opening or accepting a lane waits for the peer
   */
  public LaneRegistry(String self, PeerConnections connections, Duration openTimeout) {
    this.self = self;
    this.connections = connections;
    this.openTimeout = openTimeout;
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Registers a job: from now on its peers may open lanes.
   *
   * @param peers the other parties
   * @param deadline how long from now the job may take; every wait on its lanes ends then
   * @throws IllegalStateException if the job is registered already
   */
  public JobLanes register(JobKey key, Set<String> peers, Duration deadline) {
    JobLanes job =
        new JobLanes(self, key, peers, deadline, openTimeout, connections, timer, this::remove);
    if (jobs.putIfAbsent(key.jobId(), job) != null) {
      throw new IllegalStateException("job " + key.jobId() + " has lanes already");
    }
    return job;
  }

  private void remove(JobLanes job) {
    jobs.remove(job.key().jobId(), job);
  }

  /** Ends all lanes of all jobs. */
  @Override
  public void close() {
    jobs.values().forEach(job -> job.abort("the node is stopping"));
    timer.shutdown();
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(ChannelServiceGrpc.SERVICE_NAME)
        .addMethod(
            LaneWire.METHOD,
            (ServerCall<WireFrame, WireFrame> call, io.grpc.Metadata headers) ->
                ServerLane.start(call, PeerContext.current(), this, timer))
        .build();
  }

  /** What becomes of a lane that a peer wants to open. */
  sealed interface Arrival {
    /**
     * It is open.
     *
     * @param ready to be run once the peer has been told
     */
    record Admitted(LanePipe pipe, Runnable ready) implements Arrival {}

    /** It is not, and why. */
    record Refused(Status status) implements Arrival {}
  }

  /** Decides on a lane that a peer wants to open. Never blocks. */
  Arrival arrive(String peer, Open open, LanePipe.Wire wire) {
    Arrival arrival = decide(peer, open, wire);
    if (arrival instanceof Arrival.Refused refused) {
      // A peer that was told of a job before we were asks again in a moment: no reason to warn.
      boolean early = refused.status().getCode() == Status.Code.NOT_FOUND;
      log.atLevel(early ? Level.DEBUG : Level.WARN)
          .log("lane from {} refused: {}", peer, refused.status().getDescription());
    }
    return arrival;
  }

  private Arrival decide(String peer, Open open, LanePipe.Wire wire) {
    if (open.getProtocolVersion() != ProtocolVersion.CURRENT) {
      return refuse(
          Status.FAILED_PRECONDITION,
          ProtocolVersion.mismatch(
              peer, Integer.toString(open.getProtocolVersion()), ProtocolVersion.CURRENT));
    }
    Digest jobId = digest(open.getJobId());
    Digest plan = digest(open.getPlanDigest());
    Digest parameters = digest(open.getParametersDigest());
    if (jobId == null || plan == null || parameters == null || !LanePath.isValid(open.getLane())) {
      return refuse(Status.INVALID_ARGUMENT, "the opening frame is malformed");
    }
    JobLanes job = jobs.get(jobId);
    if (job == null || !job.peers().contains(peer)) {
      // A stranger to a job learns as little as of a job that does not exist.
      return refuse(Status.NOT_FOUND, self + " runs no job " + jobId + " with " + peer);
    }
    if (!plan.equals(job.key().planDigest())) {
      return refuse(
          Status.FAILED_PRECONDITION,
          "plan.mismatch: the plan of " + peer + " is " + plan + ", that of " + self + " another");
    }
    if (!parameters.equals(job.key().parametersDigest())) {
      return refuse(
          Status.FAILED_PRECONDITION,
          "plan.mismatch: the protocol parameters of " + peer + " and " + self + " differ");
    }
    return job.arrive(peer, open.getLane(), wire);
  }

  static Arrival.Refused refuse(Status status, String why) {
    return new Arrival.Refused(status.withDescription(why));
  }

  private static @Nullable Digest digest(com.google.protobuf.ByteString bytes) {
    return bytes.size() == DIGEST_BYTES ? Digest.ofHash(bytes.toByteArray()) : null;
  }
}
