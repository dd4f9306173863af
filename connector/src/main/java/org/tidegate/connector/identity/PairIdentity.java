package org.tidegate.connector.identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * A certificate that signs itself, and its key, for people who pair two programs by comparing
 * fingerprints: no authority, no space. Files: {@code DIRECTORY/pair.pem}, {@code pair.key}.
 */
public final class PairIdentity {
  private static final String STEM = "pair";
  private static final String OWNER = "tidegate psi";

  private final Credential credential;

  private PairIdentity(Credential credential) {
    this.credential = credential;
  }

  /**
   * Opens the identity of a directory, and makes it the first time.
   *
   * @throws IdentityException if its files are damaged, expired or open to others
   */
  public static PairIdentity openOrMake(Path directory, SecureRandom random, InstantSource clock) {
    String remedy =
        "To start anew, remove the directory "
            + directory
            + "; the other side must then be told the new fingerprint.";
    if (!Files.exists(directory)) {
      Credential made =
          new CertificateIssuer(random, clock)
              .selfSigned(OWNER, CertificateRole.NODE, Validity.DEFAULT.authority());
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null && !Files.exists(parent)) {
        PrivateFiles.makeHome(parent);
      }
      try {
        PrivateFiles.makeWhole(directory, draft -> made.store(draft, STEM));
      } catch (IdentityException e) {
        // Another process may have made it in this moment; then that one counts.
        if (!Files.exists(directory)) {
          throw e;
        }
      }
    }
    Credential credential = Credential.load(directory, STEM, remedy);
    CertificateChecks.requireCurrent(
        credential.certificate(),
        clock.instant(),
        "the certificate " + directory.resolve(STEM + ".pem"),
        remedy);
    return new PairIdentity(credential);
  }

  /** What the other side is told: {@code sha256:} and 64 hex digits. */
  public String fingerprint() {
    return Pem.digest(credential.certificate());
  }

  /** Certificate and key. */
  public Credential credential() {
    return credential;
  }
}
