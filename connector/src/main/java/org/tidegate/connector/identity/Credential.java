package org.tidegate.connector.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.tidegate.ledger.records.Signatures;

/**
 * A certificate and its private key. Immutable and safe to share; it prints the certificate's
 * subject only.
 */
public final class Credential {
  private static final byte[] PROBE = "tidegate key pair probe".getBytes(StandardCharsets.UTF_8);

  private final X509Certificate certificate;
  private final PrivateKey key;

  Credential(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** The certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * The private key, for TLS engines and Fabric's signers; {@link #sign} serves everything else.
   */
  public PrivateKey privateKey() {
    return key;
  }

  /** Signs a message: low-S DER ECDSA over its SHA-256. */
  public byte[] sign(byte[] message) {
    return Signatures.sign(key, message);
  }

  /** The subject of the certificate; never the key. */
  @Override
  public String toString() {
    return certificate.getSubjectX500Principal().getName();
  }

  /**
   * Reads {@code STEM.pem} and {@code STEM.key} of the directory.
   *
   * @throws IdentityException if one is missing or damaged, the key is open to other users, or they
   *     do not belong together
   */
  static Credential load(Path directory, String stem, String whatToDo) {
    Path certificateFile = directory.resolve(stem + ".pem");
    Path keyFile = directory.resolve(stem + ".key");
    X509Certificate certificate = loadCertificate(certificateFile, whatToDo);
    PrivateFiles.requireSecret(keyFile);
    byte[] content = PrivateFiles.read(keyFile, Pem.MAX_BYTES, whatToDo);
    PrivateKey key =
        Pem.decodeKey(new String(content, StandardCharsets.US_ASCII), keyFile.toString());
    Arrays.fill(content, (byte) 0);
    if (!Signatures.verify(certificate.getPublicKey(), PROBE, Signatures.sign(key, PROBE))) {
      throw new IdentityException(
          IdentityException.Code.MISMATCH,
          "the private key " + keyFile + " is not the one of " + certificateFile + ". " + whatToDo);
    }
    return new Credential(certificate, key);
  }

  static X509Certificate loadCertificate(Path file, String whatToDo) {
    byte[] content = PrivateFiles.read(file, Pem.MAX_BYTES, whatToDo);
    return Pem.decodeCertificate(new String(content, StandardCharsets.US_ASCII), file.toString());
  }

  /** Writes both files; the key first, so that a certificate never stands without its key. */
  void store(Path directory, String stem) {
    PrivateFiles.writeSecret(
        directory.resolve(stem + ".key"), Pem.encode(key).getBytes(StandardCharsets.US_ASCII));
    PrivateFiles.writeShared(
        directory.resolve(stem + ".pem"),
        Pem.encode(certificate).getBytes(StandardCharsets.US_ASCII));
  }
}
