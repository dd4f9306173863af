package org.tidegate.connector.transport;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.Credential;
import org.tidegate.connector.identity.IdentityException;
import org.tidegate.proto.channel.v1.ChannelServiceGrpc;

/**
 * A node's one server on its one port: mutual TLS 1.3 for everything, every call admitted by role.
 * Services run on virtual threads, so they may block; only the channel service, which never does,
 * runs on the network's own threads.
 */
public final class NodeServer implements AutoCloseable {
  /** HTTP/2 flow-control window a stream, in bytes. */
  static final int FLOW_WINDOW_BYTES = 8 << 20;

  /** Greatest message a server buffers, in bytes; lanes accept less by themselves. */
  static final int MAX_MESSAGE_BYTES = 8 << 20;

  private static final int MAX_METADATA_BYTES = 16 << 10;
  private static final int MAX_CALLS_PER_CONNECTION = 4096;
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration PERMITTED_KEEPALIVE = Duration.ofSeconds(5);

  private final Server server;

  private NodeServer(Server server) {
    this.server = server;
  }

  /** A builder; {@link Builder#listen} and {@link Builder#identity} must be given. */
  public static Builder builder() {
    return new Builder();
  }

  /** The port listened on; the one asked for, or a free one if that was 0. */
  public int port() {
    return server.getPort();
  }

  /** Waits until the server has been closed. */
  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  /** Stops accepting calls, gives running ones five seconds, then ends them. */
  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(5, TimeUnit.SECONDS)) {
        server.shutdownNow();
        server.awaitTermination(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** Collects what a server needs. */
  public static final class Builder {
    private final List<ServerServiceDefinition> services = new ArrayList<>();
    private Optional<InetSocketAddress> address = Optional.empty();
    private Optional<TlsIdentity> identity = Optional.empty();
    private InstantSource clock = InstantSource.system();
    private int protocolVersion = ProtocolVersion.CURRENT;

    private Builder() {}

    /**
     * Where to listen. Often the host of the node's endpoint; 0.0.0.0 behind address translation.
     *
     * @param port 0 takes a free one
     */
    public Builder listen(String host, int port) {
      this.address = Optional.of(new InetSocketAddress(host, port));
      return this;
    }

    /** The certificate to present and the members to believe. */
    public Builder identity(TlsIdentity identity) {
      this.identity = Optional.of(identity);
      return this;
    }

    /** The clock certificates are checked by; the system's if not given. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Serves one more service.
     *
     * @throws IllegalArgumentException if no rule says who may use it
     */
    public Builder service(BindableService service) {
      return service(service.bindService());
    }

    /** As {@link #service(BindableService)}. */
    public Builder service(ServerServiceDefinition service) {
      String name = service.getServiceDescriptor().getName();
      if (ServiceAccess.of(name).isEmpty()) {
        throw new IllegalArgumentException("no rule says who may use the service " + name);
      }
      services.add(service);
      return this;
    }

    /** Another version than this build's, for the other end of version tests. */
    Builder protocolVersion(int version) {
      this.protocolVersion = version;
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws TransportException if the port is taken or TLS cannot be set up
     * @throws IdentityException if this node's certificate or key cannot be read
     */
    public NodeServer start() {
      InetSocketAddress where = address.orElseThrow();
      TlsIdentity tls = identity.orElseThrow();
      // Now rather than at the first handshake, where nobody would see what is wrong.
      Credential unused = tls.credential().get();
      Admittance admittance = new Admittance(tls.trust(), clock, protocolVersion);
      NettyServerBuilder builder =
          NettyServerBuilder.forAddress(where)
              .sslContext(Tls.server(tls))
              .executor(Thread::startVirtualThread)
              .callExecutor(new CallExecutors(Thread::startVirtualThread))
              .addTransportFilter(admittance)
              .intercept(admittance)
              .flowControlWindow(FLOW_WINDOW_BYTES)
              .maxInboundMessageSize(MAX_MESSAGE_BYTES)
              .maxInboundMetadataSize(MAX_METADATA_BYTES)
              .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
              .handshakeTimeout(HANDSHAKE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
              .permitKeepAliveTime(PERMITTED_KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
              .permitKeepAliveWithoutCalls(true)
              .keepAliveTime(30, TimeUnit.SECONDS)
              .keepAliveTimeout(15, TimeUnit.SECONDS);
      services.forEach(builder::addService);
      try {
        return new NodeServer(builder.build().start());
      } catch (IOException e) {
        throw cannotListen(where, e);
      }
    }

    private static TransportException cannotListen(InetSocketAddress where, IOException e) {
      @Nullable Throwable cause = e;
      while (cause != null && !(cause instanceof BindException)) {
        cause = cause.getCause();
      }
      String reason =
          cause == null ? String.valueOf(e.getMessage()) : String.valueOf(cause.getMessage());
      String host = where.getHostString();
      String message;
      if (reason.contains("in use")) {
        message =
            "port "
                + where.getPort()
                + " on "
                + host
                + " is in use by another program. Stop it (ss -ltnp shows which), or choose another"
                + " port in the node's config.yaml.";
      } else if (reason.contains("ermission")) {
        message =
            "this user may not listen on port "
                + where.getPort()
                + " of "
                + host
                + ". Choose a port above 1023 in the node's config.yaml.";
      } else {
        message =
            "cannot listen on "
                + host
                + ":"
                + where.getPort()
                + ": "
                + reason
                + ". The address must be one of this machine; set it in the node's config.yaml.";
      }
      return new TransportException(TransportException.Code.PORT, message, e);
    }
  }

  /** The channel service never blocks, so a hop to another thread would only cost. */
  private record CallExecutors(Executor blocking) implements ServerCallExecutorSupplier {
    @Override
    public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata metadata) {
      return ChannelServiceGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())
          ? Runnable::run
          : blocking;
    }
  }
}
