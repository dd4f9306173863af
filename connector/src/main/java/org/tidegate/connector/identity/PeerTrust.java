package org.tidegate.connector.identity;

import java.security.cert.X509Certificate;

/** Whom an end of a connection believes, by the certificate that was presented. */
public interface PeerTrust {
  /** Whether the participant is one of those trusted. */
  boolean knows(String participant);

  /**
   * Who the client is that presents this certificate.
   *
   * @throws IdentityException if it is nobody to let in, or not at this time
   */
  PeerIdentity requireClient(X509Certificate certificate);

  /**
   * Checks that the server that presents this certificate is the one we meant to reach.
   *
   * @throws IdentityException if it is not, or not at this time
   */
  PeerIdentity requireServer(X509Certificate certificate, String participant);
}
