package org.tidegate.connector.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.tidegate.ledger.records.Member;

/**
 * One participant as the space knows it.
 *
 * @param name the participant's name, {@code [a-z][a-z0-9_]{0,31}}; also its SQL schema and its MSP
 *     id
 * @param endpoint where its node listens
 * @param authority its certificate authority; whatever this issues with the right OU is the
 *     participant
 * @param tls its node's TLS certificate at the time of admission; a later one of the same authority
 *     is as good
 * @param ledger its ledger certificate at the time of admission
 * @param receipt its receipt certificate at the time of admission
 */
public record SpaceMember(
    String name,
    Endpoint endpoint,
    X509Certificate authority,
    X509Certificate tls,
    X509Certificate ledger,
    X509Certificate receipt) {

  /** Fingerprint of the participant's authority, to be compared out of band. */
  public String fingerprint() {
    return Pem.fingerprint(authority);
  }

  /** The participant with its certificates parsed. */
  static SpaceMember of(Member member, String where) {
    String name = member.name();
    return new SpaceMember(
        name,
        Endpoint.parse(member.endpoint()),
        certificate(member.caCertificate(), CertificateRole.CA, name, where),
        certificate(member.tlsCertificate(), CertificateRole.NODE, name, where),
        certificate(member.ledgerCertificate(), CertificateRole.LEDGER, name, where),
        certificate(member.receiptCertificate(), CertificateRole.RECEIPT, name, where));
  }

  /** The participant as it stands in signed records. */
  public Member toRecord() {
    return new Member(
        name,
        endpoint.toString(),
        Pem.encode(authority),
        Pem.encode(tls),
        Pem.encode(ledger),
        Pem.encode(receipt));
  }

  /**
   * Checks that the authority is one, and that it issued the three others for their roles.
   *
   * @throws IdentityException naming the certificate that does not fit
   */
  void requireConsistent(String where) {
    CertificateChecks.requireAuthority(
        authority, name, CertificateRole.CA, what(CertificateRole.CA, where));
    requireIssued(tls, CertificateRole.NODE, where);
    requireIssued(ledger, CertificateRole.LEDGER, where);
    requireIssued(receipt, CertificateRole.RECEIPT, where);
  }

  /**
   * Checks that none of the certificates has expired.
   *
   * @throws IdentityException naming the one that has, since when, and what to do
   */
  void requireCurrent(Instant now, String where) {
    String remedy =
        "On the side of "
            + name
            + ", run: tidegate renew --home HOME, and pass the new join request.";
    CertificateChecks.requireCurrent(authority, now, what(CertificateRole.CA, where), remedy);
    CertificateChecks.requireCurrent(tls, now, what(CertificateRole.NODE, where), remedy);
    CertificateChecks.requireCurrent(ledger, now, what(CertificateRole.LEDGER, where), remedy);
    CertificateChecks.requireCurrent(receipt, now, what(CertificateRole.RECEIPT, where), remedy);
  }

  private void requireIssued(X509Certificate certificate, CertificateRole role, String where) {
    CertificateChecks.requireIssued(certificate, authority, name, role, what(role, where));
  }

  private String what(CertificateRole role, String where) {
    return what(role, name, where);
  }

  private static String what(CertificateRole role, String name, String where) {
    return "the " + role.fileStem() + " certificate of " + name + " in " + where;
  }

  private static X509Certificate certificate(
      String pem, CertificateRole role, String name, String where) {
    return Pem.decodeCertificate(pem, what(role, name, where));
  }
}
