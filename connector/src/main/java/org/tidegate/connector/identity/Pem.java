package org.tidegate.connector.identity;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** PEM in and out (RFC 7468, strict form: one block, 64 columns), and fingerprints. */
public final class Pem {
  /** More than any certificate or P-256 key of ours, with room for other issuers' extensions. */
  static final int MAX_BYTES = 16 * 1024;

  /** Order of P-256 (FIPS 186-5), which tells the curve. */
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private static final Base64.Encoder ENCODER =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  /** The certificate as one PEM block that ends with a line feed. */
  public static String encode(X509Certificate certificate) {
    return encode("CERTIFICATE", der(certificate));
  }

  /** The private key as one PKCS#8 PEM block that ends with a line feed. */
  static String encode(PrivateKey key) {
    return encode("PRIVATE KEY", key.getEncoded());
  }

  /**
   * Reads one certificate.
   *
   * @param where what the text is, for the message: a file name, or "the certificate authority of
   *     bank in space.json"
   * @throws IdentityException if the text is not exactly one certificate
   */
  public static X509Certificate decodeCertificate(String pem, String where) {
    byte[] der = decode("CERTIFICATE", pem, where);
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      if (!Arrays.equals(certificate.getEncoded(), der)) {
        throw malformed(where, "has bytes after the certificate", null);
      }
      return certificate;
    } catch (CertificateException e) {
      throw malformed(where, "is not an X.509 certificate", e);
    }
  }

  /** Reads one PKCS#8 P-256 private key. */
  static PrivateKey decodeKey(String pem, String where) {
    byte[] der = decode("PRIVATE KEY", pem, where);
    try {
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
      if (!isP256(key)) {
        throw malformed(where, "is not a key on the curve P-256", null);
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw malformed(where, "is not a PKCS#8 elliptic-curve private key", e);
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  /**
   * SHA-256 of the DER certificate as people compare it: 32 upper-case hex bytes with colons, the
   * form that {@code openssl x509 -fingerprint -sha256} prints.
   */
  public static String fingerprint(X509Certificate certificate) {
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256(der(certificate)));
  }

  /** Whether a text can be a fingerprint at all: as many hex digits as SHA-256 has. */
  static boolean isFingerprint(String text) {
    return bare(text).matches("[0-9a-fA-F]{64}");
  }

  /** Whether two fingerprints are the same, however their hex is grouped or cased. */
  public static boolean sameFingerprint(String one, String other) {
    return bare(one).equals(bare(other));
  }

  /** {@code sha256:} and the lower-case hex digest of the DER certificate. */
  public static String digest(X509Certificate certificate) {
    return "sha256:" + HexFormat.of().formatHex(sha256(der(certificate)));
  }

  static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has no encoding", e);
    }
  }

  /** Whether a key, public or private, is on P-256. */
  static boolean isP256(Object key) {
    return key instanceof ECKey ec && ORDER.equals(ec.getParams().getOrder());
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String bare(String fingerprint) {
    String text = fingerprint.strip().toLowerCase(Locale.ROOT);
    return (text.startsWith("sha256:") ? text.substring(7) : text).replaceAll("[: ]", "");
  }

  private static String encode(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + ENCODER.encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  private static byte[] decode(String type, String pem, String where) {
    String begin = "-----BEGIN " + type + "-----";
    String end = "-----END " + type + "-----";
    String text = pem.strip();
    if (pem.length() > MAX_BYTES || !text.startsWith(begin) || !text.endsWith(end)) {
      throw malformed(where, "is not one PEM block '" + begin + "'", null);
    }
    try {
      return Base64.getDecoder()
          .decode(
              text.substring(begin.length(), text.length() - end.length())
                  .replaceAll("[\\r\\n]", ""));
    } catch (IllegalArgumentException e) {
      throw malformed(where, "is damaged: its Base64 text cannot be read", e);
    }
  }

  private static IdentityException malformed(String where, String what, @Nullable Throwable cause) {
    String message = where + " " + what + ". Restore it from a copy, or have it issued again.";
    return cause == null
        ? new IdentityException(IdentityException.Code.MALFORMED, message)
        : new IdentityException(IdentityException.Code.MALFORMED, message, cause);
  }
}
