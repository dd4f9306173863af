package org.tidegate.ledger.fabric;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** TLS connections to the network's programs. */
final class Connections {
  private static final int MAX_MESSAGE_BYTES = 100 << 20;

  private Connections() {}

  /**
   * A connection to a program on this machine; one is made whether anybody listens or not.
   *
   * @param authority file of the certificate that must have issued the server's
   */
  static ManagedChannel to(int port, Path authority) {
    try {
      return to(NetworkLayout.HOST, port, Pems.certificate(authority));
    } catch (IOException e) {
      throw new FabricException(authority + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The same to any machine. */
  static ManagedChannel to(String host, int port, X509Certificate authority) {
    try {
      return NettyChannelBuilder.forAddress(host, port)
          .sslContext(GrpcSslContexts.forClient().trustManager(authority).build())
          .maxInboundMessageSize(MAX_MESSAGE_BYTES)
          .build();
    } catch (SSLException e) {
      throw new FabricException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  static void close(ManagedChannel channel) {
    channel.shutdownNow();
    try {
      boolean unused = channel.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
