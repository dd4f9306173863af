package org.tidegate.connector.transport;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.internal.tcnative.CertificateVerifier;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.connector.identity.IdentityException;
import org.tidegate.connector.identity.PeerTrust;

/**
 * Believes a certificate if {@link PeerTrust} does. Host names are not compared on purpose: a peer
 * is its certificate, whatever address it is reached at.
 */
final class IdentityTrustManager extends X509ExtendedTrustManager {
  private static final Logger log = LoggerFactory.getLogger(IdentityTrustManager.class);

  private final Supplier<PeerTrust> trust;
  private final @Nullable String expectedServer;

  private IdentityTrustManager(Supplier<PeerTrust> trust, @Nullable String expectedServer) {
    this.trust = trust;
    this.expectedServer = expectedServer;
  }

  /** For a server: any member's node, or its own administrators. */
  static IdentityTrustManager forClients(Supplier<PeerTrust> trust) {
    return new IdentityTrustManager(trust, null);
  }

  /** For a client: exactly the node of this participant. */
  static IdentityTrustManager forServer(Supplier<PeerTrust> trust, String participant) {
    return new IdentityTrustManager(trust, participant);
  }

  private void check(X509Certificate @Nullable [] chain, boolean client)
      throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("no certificate was presented");
    }
    try {
      if (client && expectedServer == null) {
        trust.get().requireClient(chain[0]);
      } else if (!client && expectedServer != null) {
        trust.get().requireServer(chain[0], expectedServer);
      } else {
        throw new CertificateException("this end does not speak to that kind of peer");
      }
    } catch (IdentityException e) {
      if (client) {
        // The peer learns little from a TLS alert; the reason in words stays here.
        log.warn("connection refused: {}", e.getMessage());
      }
      throw refusal(e);
    }
  }

  /** Chooses the exception so that TLS sends the alert that fits best (RFC 8446 section 6.2). */
  private static CertificateException refusal(IdentityException e) {
    int reason =
        switch (e.code()) {
          case EXPIRED -> CertificateVerifier.X509_V_ERR_CERT_HAS_EXPIRED;
          case NOT_YET_VALID -> CertificateVerifier.X509_V_ERR_CERT_NOT_YET_VALID;
          case WRONG_ROLE -> CertificateVerifier.X509_V_ERR_INVALID_PURPOSE;
          default -> CertificateVerifier.X509_V_ERR_CERT_UNTRUSTED;
        };
    CertificateException refusal = new OpenSslCertificateException(e.getMessage(), reason);
    refusal.initCause(e);
    return refusal;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, true);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, false);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, true);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, false);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, true);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, false);
  }

  /** None: the list of issuers a server may send would tell strangers who the members are. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
