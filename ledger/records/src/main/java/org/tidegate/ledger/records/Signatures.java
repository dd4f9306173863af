package org.tidegate.ledger.records;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * ECDSA on P-256 over SHA-256, DER, low S. A signature has one form only: verification refuses high
 * S and any DER that is not minimal, so nobody can turn a signed record into another signed record
 * with another digest.
 */
public final class Signatures {
  /** Order of P-256 (FIPS 186-5). */
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
  private static final int MAX_BYTES = 72;
  private static final int MAX_CERTIFICATES = 1_000;

  private static final Map<String, X509Certificate> CERTIFICATES = new ConcurrentHashMap<>();

  private Signatures() {}

  /**
   * Signs {@code message}.
   *
   * @param key an ECDSA P-256 private key
   * @return DER with low S
   */
  public static byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature ecdsa = Signature.getInstance("SHA256withECDSA");
      ecdsa.initSign(key);
      ecdsa.update(message);
      BigInteger[] rs = decode(ecdsa.sign());
      if (rs == null) {
        throw new IllegalStateException("the platform's ECDSA signed with unreadable DER");
      }
      return encode(rs[0], rs[1].min(ORDER.subtract(rs[1])));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "key cannot sign ECDSA over SHA-256: " + e.getMessage(), e);
    }
  }

  /**
   * Whether {@code signature} is a low-S, minimal-DER signature of {@code message} under {@code
   * key}. Never throws on a malformed signature.
   */
  public static boolean verify(PublicKey key, byte[] message, byte[] signature) {
    if (!(key instanceof ECPublicKey ec)
        || !ec.getParams().getOrder().equals(ORDER)
        || signature.length > MAX_BYTES) {
      return false;
    }
    BigInteger[] rs = decode(signature);
    if (rs == null
        || rs[1].compareTo(HALF_ORDER) > 0
        || !Arrays.equals(encode(rs[0], rs[1]), signature)) {
      return false;
    }
    Optional<P256Table> table = P256Verifier.table(ec);
    if (table.isPresent()) {
      return P256Verifier.verify(table.get(), message, rs[0], rs[1]);
    }
    try {
      Signature ecdsa = Signature.getInstance("SHA256withECDSA");
      ecdsa.initVerify(key);
      ecdsa.update(message);
      return ecdsa.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * Reads one certificate in PEM. The few that stand in a space's records are parsed once.
   *
   * @param what how messages name it, such as {@code "receipt certificate of bank"}
   */
  public static X509Certificate certificate(String what, String pem) {
    X509Certificate known = CERTIFICATES.get(pem);
    if (known != null) {
      return known;
    }
    if (pem.length() > 16_384 || !pem.startsWith("-----BEGIN CERTIFICATE-----")) {
      throw new RecordException(what + " is not a certificate in PEM");
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      if (CERTIFICATES.size() < MAX_CERTIFICATES) {
        CERTIFICATES.put(pem, certificate);
      }
      return certificate;
    } catch (CertificateException e) {
      throw new RecordException(what + " is not a certificate in PEM: " + e.getMessage(), e);
    }
  }

  /** SHA-256 of the certificate's DER. */
  public static Digest digest(X509Certificate certificate) {
    try {
      return Digest.of(certificate.getEncoded());
    } catch (CertificateException e) {
      throw new RecordException("certificate does not encode: " + e.getMessage(), e);
    }
  }

  /**
   * Whether {@code certificate} names a receipt key that {@code authority} issued: its signature
   * and issuer, and OU=receipt. Its time is for the caller to check.
   */
  public static boolean isReceiptCertificate(
      X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())
          && hasUnit(certificate, "receipt");
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whether the certificate's subject names the organisational unit. */
  public static boolean hasUnit(X509Certificate certificate, String unit) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .anyMatch(rdn -> rdn.getType().equalsIgnoreCase("OU") && unit.equals(rdn.getValue()));
    } catch (InvalidNameException e) {
      return false;
    }
  }

  /** {r, s} of a DER SEQUENCE of two INTEGERs in 1..order-1, or null. */
  private static BigInteger @org.jspecify.annotations.Nullable [] decode(byte[] der) {
    if (der.length < 8 || der[0] != 0x30 || der[1] != der.length - 2 || der[2] != 2) {
      return null;
    }
    int rLength = der[3];
    int sAt = 4 + rLength;
    if (rLength < 1 || sAt + 2 > der.length || der[sAt] != 2) {
      return null;
    }
    int sLength = der[sAt + 1];
    if (sLength < 1 || sAt + 2 + sLength != der.length) {
      return null;
    }
    BigInteger r = new BigInteger(der, 4, rLength);
    BigInteger s = new BigInteger(der, sAt + 2, sLength);
    boolean inRange =
        r.signum() > 0 && s.signum() > 0 && r.compareTo(ORDER) < 0 && s.compareTo(ORDER) < 0;
    return inRange ? new BigInteger[] {r, s} : null;
  }

  private static byte[] encode(BigInteger r, BigInteger s) {
    byte[] rBytes = r.toByteArray();
    byte[] sBytes = s.toByteArray();
    byte[] der = new byte[6 + rBytes.length + sBytes.length];
    der[0] = 0x30;
    der[1] = (byte) (der.length - 2);
    der[2] = 2;
    der[3] = (byte) rBytes.length;
    System.arraycopy(rBytes, 0, der, 4, rBytes.length);
    der[4 + rBytes.length] = 2;
    der[5 + rBytes.length] = (byte) sBytes.length;
    System.arraycopy(sBytes, 0, der, 6 + rBytes.length, sBytes.length);
    return der;
  }
}
