package org.tidegate.connector.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes P-256 key pairs and X.509 certificates for them (RFC 5280): subject {@code CN=<owner>
 * <unit>, OU=<unit>, O=<owner>}, random 128-bit serial numbers, key usage by role, subject and
 * authority key identifiers. Issuers sign with path length 0, so what they issue issues nothing.
 */
final class CertificateIssuer {
  /** Certificates begin a little earlier than now, for peers whose clocks are behind. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

  private static final int SERIAL_BITS = 128;

  private final SecureRandom random;
  private final InstantSource clock;

  CertificateIssuer(SecureRandom random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  /** A self-signed authority. */
  Credential selfSigned(String owner, CertificateRole role, Duration validity) {
    KeyPair pair = newKeyPair();
    return build(owner, role, validity, pair, null, Optional.empty());
  }

  /**
   * A certificate with a fresh key, issued by an authority. It never outlives its issuer.
   *
   * @param endpoint stands as subject alternative name, for other tools that check host names
   */
  Credential issue(
      Credential authority,
      String owner,
      CertificateRole role,
      Duration validity,
      Optional<Endpoint> endpoint) {
    return build(owner, role, validity, newKeyPair(), authority, endpoint);
  }

  private Credential build(
      String owner,
      CertificateRole role,
      Duration validity,
      KeyPair pair,
      @Nullable Credential authority,
      Optional<Endpoint> endpoint) {
    try {
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      Instant from = now.minus(CLOCK_SKEW);
      Instant until = now.plus(validity);
      X500Name subject = subject(owner, role);
      X500Name issuer = subject;
      PublicKey issuerKey = pair.getPublic();
      if (authority != null) {
        X509Certificate by = authority.certificate();
        issuer = X500Name.getInstance(by.getSubjectX500Principal().getEncoded());
        issuerKey = by.getPublicKey();
        until = earlier(until, by.getNotAfter().toInstant());
        from = later(from, by.getNotBefore().toInstant());
      }
      var builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
              Date.from(from),
              Date.from(until),
              subject,
              pair.getPublic());
      var identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.basicConstraints,
          true,
          role.isAuthority() ? new BasicConstraints(0) : new BasicConstraints(false));
      int usage =
          role.isAuthority()
              ? KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature
              : KeyUsage.digitalSignature;
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      List<KeyPurposeId> purposes = new ArrayList<>();
      if (role.isTlsServer()) {
        purposes.add(KeyPurposeId.id_kp_serverAuth);
      }
      if (role.isTlsClient()) {
        purposes.add(KeyPurposeId.id_kp_clientAuth);
      }
      if (!purposes.isEmpty()) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
      }
      if (endpoint.isPresent()) {
        builder.addExtension(
            Extension.subjectAlternativeName, false, alternativeName(endpoint.get()));
      }
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          identifiers.createSubjectKeyIdentifier(pair.getPublic()));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(issuerKey));
      var signer =
          new JcaContentSignerBuilder("SHA256withECDSA")
              .build(authority == null ? pair.getPrivate() : authority.privateKey());
      X509Certificate certificate =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new Credential(certificate, pair.getPrivate());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("issuing a certificate for " + owner + " failed", e);
    }
  }

  private KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  private static X500Name subject(String owner, CertificateRole role) {
    var name = new X500NameBuilder(BCStyle.INSTANCE);
    add(name, BCStyle.O, owner);
    add(name, BCStyle.OU, role.unit());
    add(name, BCStyle.CN, owner + " " + role.unit());
    return name.build();
  }

  private static void add(X500NameBuilder name, ASN1ObjectIdentifier type, String value) {
    name.addRDN(type, value);
  }

  private static GeneralNames alternativeName(Endpoint endpoint) {
    int kind = endpoint.isAddress() ? GeneralName.iPAddress : GeneralName.dNSName;
    return new GeneralNames(new GeneralName(kind, endpoint.host()));
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
