package org.tidegate.connector.transport;

import com.google.protobuf.ByteString;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.ChannelException;
import org.tidegate.proto.channel.v1.Open;

/**
 * The lanes of one job at one node. A lane is matched at both ends by job, peer and path; each path
 * is used once. Of two parties the one whose name sorts first opens ({@link #lane}); who opens
 * makes no other difference.
 *
 * <p>Safe for use by several threads.
 */
public final class JobLanes implements AutoCloseable {
  /** Lanes that one peer may have opened in a job, which bounds what it can make this node hold. */
  static final int MAX_LANES_PER_PEER = 256;

  private static final Duration FIRST_RETRY = Duration.ofMillis(20);
  private static final Duration LAST_RETRY = Duration.ofMillis(500);

  private final String self;
  private final JobKey key;
  private final Set<String> peers;
  private final Deadline deadline;
  private final Duration openTimeout;
  private final PeerConnections connections;
  private final ScheduledExecutorService timer;
  private final Consumer<JobLanes> onClose;

  private final Map<Lane, CompletableFuture<LanePipe>> arrivals = new HashMap<>();
  private final Map<String, Integer> arrivalsOf = new HashMap<>();
  private final List<LanePipe> pipes = new ArrayList<>();
  private @Nullable String ended;

  private record Lane(String peer, String path) {}

  JobLanes(
      String self,
      JobKey key,
      Set<String> peers,
      Duration timeAllowed,
      Duration openTimeout,
      PeerConnections connections,
      ScheduledExecutorService timer,
      Consumer<JobLanes> onClose) {
    this.self = self;
    this.key = key;
    this.peers = Set.copyOf(peers);
    this.deadline = Deadline.after(timeAllowed.toNanos(), TimeUnit.NANOSECONDS);
    this.openTimeout = openTimeout;
    this.connections = connections;
    this.timer = timer;
    this.onClose = onClose;
  }

  /** What both ends agree on. */
  public JobKey key() {
    return key;
  }

  Set<String> peers() {
    return peers;
  }

  /**
   * A lane with the peer, whichever end opens it: both ends call this with each other's name and
   * the same path.
   *
   * @param path labels of {@code [a-z0-9.-]{1,32}} joined by slashes, e.g. {@code leg0}
   * @throws ChannelException if the peer does not come in time, cannot be reached, or refuses
   */
  public Channel lane(String peer, String path) {
    return self.compareTo(peer) < 0 ? open(peer, path) : accept(peer, path);
  }

  /**
   * Opens a lane. A peer that does not know the job yet is asked again until the open time-out.
   *
   * @throws ChannelException if the peer cannot be reached, or refuses
   */
  public Channel open(String peer, String path) {
    LanePipe pipe = dial(peer, path);
    adopt(pipe);
    return new GrpcChannel(this, peer, path, true, pipe);
  }

  /**
   * Waits for the peer to open a lane.
   *
   * @throws ChannelException if it does not in time
   */
  public Channel accept(String peer, String path) {
    requireLane(peer, path);
    CompletableFuture<LanePipe> arrival;
    synchronized (this) {
      requireRunning();
      arrival = arrivals.computeIfAbsent(new Lane(peer, path), lane -> new CompletableFuture<>());
    }
    LanePipe pipe = await(arrival, peer, path, "did not open");
    return new GrpcChannel(this, peer, path, false, pipe);
  }

  /** Kills every lane and tells the peers why. Later calls fail with the same reason. */
  public void abort(String reason) {
    List<LanePipe> dying;
    List<CompletableFuture<LanePipe>> waiting;
    synchronized (this) {
      if (ended != null) {
        return;
      }
      ended = reason;
      dying = List.copyOf(pipes);
      waiting = List.copyOf(arrivals.values());
    }
    dying.forEach(pipe -> pipe.abort(reason));
    waiting.forEach(arrival ->
        arrival.completeExceptionally(new ChannelException(describe() + " ended: " + reason)));
    onClose.accept(this);
  }

  /** Ends the job's lanes: those closed in order are left to finish, others are killed. */
  @Override
  public void close() {
    abort("the job is over");
  }

  /** Takes a lane a peer opened. Never blocks. */
  LaneRegistry.Arrival arrive(String peer, String path, LanePipe.Wire wire) {
    CompletableFuture<LanePipe> arrival;
    LanePipe pipe;
    synchronized (this) {
      if (ended != null) {
        return LaneRegistry.refuse(Status.ABORTED, describe() + " ended: " + ended);
      }
      arrival = arrivals.computeIfAbsent(new Lane(peer, path), lane -> new CompletableFuture<>());
      if (arrival.isDone()) {
        return LaneRegistry.refuse(
            Status.ALREADY_EXISTS, "lane " + path + " of " + describe() + " was opened before");
      }
      if (arrivalsOf.merge(peer, 1, Integer::sum) > MAX_LANES_PER_PEER) {
        return LaneRegistry.refuse(
            Status.RESOURCE_EXHAUSTED,
            peer + " opened more than " + MAX_LANES_PER_PEER + " lanes of " + describe());
      }
      pipe = new LanePipe(name(peer, path), wire, deadline);
      pipes.add(pipe);
    }
    return new LaneRegistry.Arrival.Admitted(pipe, () -> arrival.complete(pipe));
  }

  private LanePipe dial(String peer, String path) {
    requireLane(peer, path);
    Open open =
        Open.newBuilder()
            .setProtocolVersion(connections.version())
            .setJobId(ByteString.copyFrom(key.jobId().bytes()))
            .setPlanDigest(ByteString.copyFrom(key.planDigest().bytes()))
            .setParametersDigest(ByteString.copyFrom(key.parametersDigest().bytes()))
            .setLane(path)
            .build();
    Deadline giveUp = deadline.minimum(after(openTimeout));
    Duration retry = FIRST_RETRY;
    while (true) {
      synchronized (this) {
        requireRunning();
      }
      CompletableFuture<LanePipe> opening =
          ClientLane.open(connections.to(peer), open, peer, name(peer, path), deadline, timer);
      try {
        return opening.get(
            Math.max(0, giveUp.timeRemaining(TimeUnit.NANOSECONDS)), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        Status status =
            e.getCause() instanceof ClientLane.RefusedException refused
                ? refused.status()
                : Status.fromThrowable(e);
        boolean early = status.getCode() == Status.Code.NOT_FOUND;
        if (!early || giveUp.timeRemaining(TimeUnit.MILLISECONDS) < retry.toMillis()) {
          TransportException why = connections.failure(peer, new StatusRuntimeException(status));
          throw new ChannelException(String.valueOf(why.getMessage()), why);
        }
        // The peer was told to start a moment later than we were.
        pause(retry, peer, path);
        retry =
            retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retry.multipliedBy(2);
      } catch (TimeoutException e) {
        opening.cancel(false);
        throw late(peer, path, "did not answer the request for");
      } catch (InterruptedException e) {
        opening.cancel(false);
        throw interrupted(peer, path, e);
      }
    }
  }

  private void pause(Duration time, String peer, String path) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw interrupted(peer, path, e);
    }
  }

  private LanePipe await(
      CompletableFuture<LanePipe> arrival, String peer, String path, String failing) {
    Deadline giveUp = deadline.minimum(after(openTimeout));
    try {
      return arrival.get(
          Math.max(0, giveUp.timeRemaining(TimeUnit.NANOSECONDS)), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw late(peer, path, failing);
    } catch (InterruptedException e) {
      throw interrupted(peer, path, e);
    } catch (ExecutionException e) {
      throw new ChannelException(reason(e), e);
    }
  }

  private void adopt(LanePipe pipe) {
    String reason;
    synchronized (this) {
      pipes.add(pipe);
      reason = ended;
    }
    if (reason != null) {
      pipe.abort(reason);
    }
  }

  private void requireLane(String peer, String path) {
    if (!peers.contains(peer)) {
      throw new IllegalArgumentException(peer + " takes no part in " + describe());
    }
    if (!LanePath.isValid(path)) {
      throw new IllegalArgumentException("'" + path + "' is not a lane's path");
    }
  }

  private void requireRunning() {
    if (ended != null) {
      throw new ChannelException(describe() + " ended: " + ended);
    }
  }

  private ChannelException late(String peer, String path, String failing) {
    return new ChannelException(
        "the node of "
            + peer
            + " "
            + failing
            + " lane "
            + path
            + " of "
            + describe()
            + " within "
            + openTimeout.toSeconds()
            + " s. It may be busy or cut off; look at its log.");
  }

  private ChannelException interrupted(String peer, String path, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ChannelException(name(peer, path) + " was cancelled on this side", e);
  }

  private String describe() {
    return "job " + key.jobId().hex().substring(0, 12);
  }

  private String name(String peer, String path) {
    return "lane " + path + " with " + peer + " (" + describe() + ")";
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    return String.valueOf((cause == null ? e : cause).getMessage());
  }

  private static Deadline after(Duration time) {
    return Deadline.after(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
