package org.tidegate.connector.identity;

import java.security.cert.X509Certificate;

/**
 * Who is at the other end of a connection, as its certificate proves.
 *
 * @param participant whose authority issued the certificate
 * @param role {@link CertificateRole#NODE} or {@link CertificateRole#ADMIN}
 * @param certificate the certificate itself
 */
public record PeerIdentity(String participant, CertificateRole role, X509Certificate certificate) {
  /** {@code bank/node}, as in messages and logs. */
  @Override
  public String toString() {
    return participant + "/" + role.unit();
  }
}
