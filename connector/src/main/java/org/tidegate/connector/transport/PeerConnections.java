package org.tidegate.connector.transport;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.tidegate.connector.identity.CertificateRole;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.NodeHome;

/**
 * One connection to each peer, made when first needed and made again when it breaks. The peer at
 * the other end has shown a node certificate of its own authority, or the connection does not
 * stand.
 *
 * <p>Safe for use by several threads.
 */
public final class PeerConnections implements AutoCloseable {
  private static final long KEEPALIVE_SECONDS = 20;
  private static final long KEEPALIVE_TIMEOUT_SECONDS = 10;
  private static final long RECONNECT_MILLIS = 500;

  private final TlsIdentity identity;
  private final Function<String, Endpoint> directory;
  private final int version;
  private final Map<String, Connection> connections = new HashMap<>();
  private boolean closed;

  private record Connection(Endpoint endpoint, ManagedChannel managed, Channel channel) {}

  /**
   * Connections that present this identity.
   *
   * @param directory where a participant's node listens; throws for a stranger. It is asked at
   *     every use, so that an endpoint that changed is followed.
   */
  public PeerConnections(TlsIdentity identity, Function<String, Endpoint> directory) {
    this(identity, directory, ProtocolVersion.CURRENT);
  }

  /** Speaks another version than this build's, for the other end of version tests. */
  PeerConnections(TlsIdentity identity, Function<String, Endpoint> directory, int version) {
    this.identity = identity;
    this.directory = directory;
    this.version = version;
  }

  /** A node's connections to the members of the space its home has joined, itself included. */
  public static PeerConnections ofNode(NodeHome home) {
    return new PeerConnections(
        new TlsIdentity(home::tls, home::trust),
        participant -> home.space().requireMember(participant).endpoint());
  }

  /**
   * An administrator's connection to the own node, which is the only peer it knows.
   *
   * @param endpoint where the node listens, as seen from here
   * @throws org.tidegate.connector.identity.IdentityException if the administrator's certificate is
   *     missing or expired
   */
  public static PeerConnections ofAdministrator(NodeHome home, Endpoint endpoint) {
    home.requireCurrent(CertificateRole.ADMIN);
    return new PeerConnections(
        new TlsIdentity(home::admin, home::ownTrust), participant -> endpoint);
  }

  /**
   * A channel to the participant's node, for generated stubs. Calls fail at once with {@link
   * io.grpc.Status.Code#UNAVAILABLE} while the peer is down; {@link #failure} puts failures into
   * words.
   */
  public Channel to(String participant) {
    Endpoint endpoint = directory.apply(participant);
    Connection connection;
    synchronized (connections) {
      if (closed) {
        throw new IllegalStateException("connections are closed");
      }
      connection = connections.get(participant);
      if (connection == null || !connection.endpoint.equals(endpoint)) {
        if (connection != null) {
          connection.managed.shutdown();
        }
        connection = connect(participant, endpoint);
        connections.put(participant, connection);
      }
    }
    if (connection.managed.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      tryAgain(connection.managed);
    }
    return connection.channel;
  }

  /**
   * A person or a job is asking now: do not sit out the back-off of earlier failures, and do not
   * let the call fail with what was the matter then. A peer that is back answers well within the
   * time.
   */
  private static void tryAgain(ManagedChannel managed) {
    CountDownLatch changed = new CountDownLatch(1);
    managed.notifyWhenStateChanged(ConnectivityState.TRANSIENT_FAILURE, changed::countDown);
    managed.resetConnectBackoff();
    try {
      boolean _ = changed.await(RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Makes a call and puts its failure into words.
   *
   * @param call uses a stub on the channel; should set a deadline
   * @throws TransportException if the peer cannot be reached, is not believed, or answers with an
   *     error
   */
  public <T> T call(String participant, Function<Channel, T> call) {
    try {
      return call.apply(to(participant));
    } catch (StatusRuntimeException e) {
      throw failure(participant, e);
    }
  }

  /** What to tell a person about a failed call to the participant. */
  public TransportException failure(String participant, StatusRuntimeException e) {
    return Failures.translate(participant, directory.apply(participant), e.getStatus(), e);
  }

  /** As {@link #failure(String, StatusRuntimeException)}. */
  public TransportException failure(String participant, StatusException e) {
    return Failures.translate(participant, directory.apply(participant), e.getStatus(), e);
  }

  /** Ends all connections and the calls on them. */
  @Override
  public void close() {
    synchronized (connections) {
      closed = true;
      connections.values().forEach(connection -> connection.managed.shutdownNow());
      connections.clear();
    }
  }

  int version() {
    return version;
  }

  private Connection connect(String participant, Endpoint endpoint) {
    ManagedChannel managed =
        NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
            .sslContext(Tls.client(identity, participant))
            .executor(Thread::startVirtualThread)
            // A call goes out once: a proposal or a frame that is sent twice is another one.
            .disableRetry()
            .flowControlWindow(NodeServer.FLOW_WINDOW_BYTES)
            .maxInboundMessageSize(NodeServer.MAX_MESSAGE_BYTES)
            .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .build();
    return new Connection(
        endpoint,
        managed,
        ClientInterceptors.intercept(managed, ProtocolVersion.client(participant, version)));
  }
}
