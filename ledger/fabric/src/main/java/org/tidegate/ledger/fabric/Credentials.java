package org.tidegate.ledger.fabric;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
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

/**
 * A fresh P-256 key with a certificate of a member's authority, valid as long as that is.
 *
 * @param certificate of the key
 * @param key private
 */
record Credentials(X509Certificate certificate, PrivateKey key) {
  private static final int SERIAL_BITS = 128;

  /** For TLS on this machine, as server and as client; of no unit, so it is no MSP identity. */
  static Credentials tls(FabricOrganisation organisation, SecureRandom random) {
    return issue(organisation, "CN=" + organisation.name() + " tls", true, random);
  }

  /** An MSP identity of a unit, such as {@code admin} or {@code orderer}. */
  static Credentials of(FabricOrganisation organisation, String unit, SecureRandom random) {
    String subject = "CN=" + organisation.name() + " " + unit + ",OU=" + unit;
    return issue(organisation, subject, false, random);
  }

  private static Credentials issue(
      FabricOrganisation organisation, String subject, boolean tls, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      X509Certificate by = organisation.authority();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              X500Name.getInstance(by.getSubjectX500Principal().getEncoded()),
              new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
              by.getNotBefore(),
              new Date(by.getNotAfter().getTime()),
              X500Name.getInstance(
                  new X500Principal(subject + ",O=" + organisation.name()).getEncoded()),
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          identifiers.createSubjectKeyIdentifier(pair.getPublic()));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(by.getPublicKey()));
      if (tls) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.iPAddress, NetworkLayout.HOST),
                  new GeneralName(GeneralName.dNSName, "localhost")
                }));
      }
      return new Credentials(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA")
                          .build(organisation.authorityKey()))),
          pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new FabricException(
          "the authority of '" + organisation.name() + "' cannot issue: " + e.getMessage(), e);
    }
  }

  /** Everything but the key. */
  @Override
  public String toString() {
    return "Credentials[" + certificate.getSubjectX500Principal() + "]";
  }
}
