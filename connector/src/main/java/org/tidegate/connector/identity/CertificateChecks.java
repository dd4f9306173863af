package org.tidegate.connector.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * What must hold of a certificate before it is believed. Chains are always two long here (an
 * authority, and what it issued), so the checks of RFC 5280 section 6 are spelled out one by one,
 * each with a message that names the certificate and what to do.
 */
final class CertificateChecks {
  private static final int KEY_USAGE_DIGITAL_SIGNATURE = 0;
  private static final int KEY_USAGE_CERT_SIGN = 5;

  private CertificateChecks() {}

  /**
   * Checks a self-signed authority of the given owner.
   *
   * @param what how to call it in a message, e.g. "the certificate authority of bank in space.json"
   */
  static void requireAuthority(
      X509Certificate certificate, String owner, CertificateRole role, String what) {
    requireSubject(certificate, owner, role, what);
    if (certificate.getBasicConstraints() < 0 || !usage(certificate, KEY_USAGE_CERT_SIGN)) {
      throw wrongRole(certificate, what, "it is not marked as one that may issue certificates");
    }
    requireKey(certificate, what);
    requireIssuedBy(certificate, certificate, what, "itself");
  }

  /**
   * Checks a certificate that the owner's authority issued for the role. Time is checked by {@link
   * #requireCurrent}.
   */
  static void requireIssued(
      X509Certificate certificate,
      X509Certificate authority,
      String owner,
      CertificateRole role,
      String what) {
    requireIssuedBy(certificate, authority, what, "the certificate authority of " + owner);
    requireSubject(certificate, owner, role, what);
    if (certificate.getBasicConstraints() >= 0 || usage(certificate, KEY_USAGE_CERT_SIGN)) {
      throw wrongRole(certificate, what, "it claims to be an authority itself");
    }
    if (!usage(certificate, KEY_USAGE_DIGITAL_SIGNATURE)) {
      throw wrongRole(certificate, what, "its key usage does not allow signatures");
    }
    if (role.isTlsServer() && !purpose(certificate, KeyPurposeId.id_kp_serverAuth, what)) {
      throw wrongRole(certificate, what, "it may not be used by a TLS server");
    }
    if (role.isTlsClient() && !purpose(certificate, KeyPurposeId.id_kp_clientAuth, what)) {
      throw wrongRole(certificate, what, "it may not be used by a TLS client");
    }
    requireKey(certificate, what);
    if (certificate.hasUnsupportedCriticalExtension()) {
      throw wrongRole(certificate, what, "it has a critical extension unknown to this node");
    }
  }

  /** Checks the certificate's time; {@code whatToDo} is the command that renews it. */
  static void requireCurrent(
      X509Certificate certificate, Instant now, String what, String whatToDo) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      throw new IdentityException(
          IdentityException.Code.EXPIRED,
          name(certificate, what)
              + " expired on "
              + until
              + ", "
              + ago(Duration.between(until, now))
              + " ago. "
              + whatToDo);
    }
    if (now.isBefore(from)) {
      throw new IdentityException(
          IdentityException.Code.NOT_YET_VALID,
          name(certificate, what)
              + " is valid from "
              + from
              + ", and this machine's clock says "
              + now.truncatedTo(ChronoUnit.SECONDS)
              + ". Check the clock; if it is right, "
              + whatToDo);
    }
  }

  /** The single OU of the subject, if there is exactly one. */
  static Optional<String> unit(X509Certificate certificate) {
    return attribute(certificate, "OU");
  }

  /** The single O of the subject, if there is exactly one. */
  static Optional<String> organisation(X509Certificate certificate) {
    return attribute(certificate, "O");
  }

  private static Optional<String> attribute(X509Certificate certificate, String type) {
    try {
      List<String> values = new ArrayList<>();
      for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (rdn.getType().equalsIgnoreCase(type) && rdn.getValue() instanceof String value) {
          values.add(value);
        }
      }
      return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }

  private static void requireSubject(
      X509Certificate certificate, String owner, CertificateRole role, String what) {
    if (!organisation(certificate).equals(Optional.of(owner))) {
      throw new IdentityException(
          IdentityException.Code.UNTRUSTED,
          name(certificate, what)
              + " is not one of "
              + owner
              + ": its organisation (O) is '"
              + organisation(certificate).orElse("")
              + "'. Present the certificate that belongs to "
              + owner
              + ".");
    }
    if (!unit(certificate).equals(Optional.of(role.unit()))) {
      throw wrongRole(
          certificate,
          what,
          "its organisational unit (OU) is '"
              + unit(certificate).orElse("")
              + "' where '"
              + role.unit()
              + "' is needed");
    }
  }

  private static void requireIssuedBy(
      X509Certificate certificate, X509Certificate authority, String what, String whose) {
    boolean issued =
        certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    if (issued) {
      try {
        certificate.verify(authority.getPublicKey());
      } catch (GeneralSecurityException e) {
        issued = false;
      }
    }
    if (!issued) {
      throw new IdentityException(
          IdentityException.Code.UNTRUSTED,
          name(certificate, what)
              + " was not issued by "
              + whose
              + " (SHA-256 "
              + Pem.fingerprint(authority)
              + "). Whoever presented it is not who it claims to be, or its files are from another"
              + " space.");
    }
  }

  private static void requireKey(X509Certificate certificate, String what) {
    if (!Pem.isP256(certificate.getPublicKey())) {
      throw wrongRole(certificate, what, "its key is not on the curve P-256");
    }
  }

  private static boolean usage(X509Certificate certificate, int bit) {
    boolean[] usage = certificate.getKeyUsage();
    return usage != null && usage.length > bit && usage[bit];
  }

  private static boolean purpose(X509Certificate certificate, KeyPurposeId id, String what) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes != null && purposes.contains(id.getId());
    } catch (CertificateParsingException e) {
      throw new IdentityException(
          IdentityException.Code.MALFORMED, name(certificate, what) + " cannot be read.", e);
    }
  }

  private static IdentityException wrongRole(X509Certificate certificate, String what, String why) {
    return new IdentityException(
        IdentityException.Code.WRONG_ROLE,
        name(certificate, what)
            + " cannot be used for this: "
            + why
            + ". Present one issued by 'tidegate init'.");
  }

  private static String name(X509Certificate certificate, String what) {
    return what + " (" + certificate.getSubjectX500Principal().getName() + ")";
  }

  private static String ago(Duration duration) {
    if (duration.toDays() > 1) {
      return duration.toDays() + " days";
    }
    if (duration.toHours() > 1) {
      return duration.toHours() + " hours";
    }
    return duration.toMinutes() > 1
        ? duration.toMinutes() + " minutes"
        : duration.toSeconds() + " seconds";
  }
}
