package org.tidegate.connector.transport;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/**
 * TLS contexts: version 1.3 only, both ends with certificates. BoringSSL where its library loads,
 * the JDK's own TLS elsewhere; they agree with each other, BoringSSL is faster.
 */
final class Tls {
  private static final String VERSION = "TLSv1.3";

  private Tls() {}

  static SslContext server(TlsIdentity identity) {
    SslContextBuilder builder =
        SslContextBuilder.forServer(new IdentityKeyManager(identity.credential()))
            .trustManager(IdentityTrustManager.forClients(identity.trust()))
            .clientAuth(ClientAuth.REQUIRE);
    return build(builder);
  }

  static SslContext client(TlsIdentity identity, String participant) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .keyManager(new IdentityKeyManager(identity.credential()))
            .trustManager(IdentityTrustManager.forServer(identity.trust(), participant))
            // Ours is checked by IdentityTrustManager; a host name proves nothing here.
            .endpointIdentificationAlgorithm(null);
    return build(builder);
  }

  private static SslContext build(SslContextBuilder builder) {
    try {
      return GrpcSslContexts.configure(builder, provider()).protocols(VERSION).build();
    } catch (SSLException e) {
      throw new TransportException(
          TransportException.Code.TLS,
          "TLS cannot be set up: "
              + e.getMessage()
              + ". Check this node's certificate and key (tidegate init, tidegate renew).",
          e);
    }
  }

  private static SslProvider provider() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }
}
