package org.tidegate.connector.identity;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Believes exactly one certificate, by its fingerprint, which people compared over another channel.
 * No authority and no name is believed; the participant's name is the fingerprint.
 */
public final class PinnedTrust implements PeerTrust {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final String PREFIX = "sha256:";

  private final String fingerprint;
  private final InstantSource clock;

  /**
   * Trust in one certificate.
   *
   * @param fingerprint as {@link #normal} gives it
   */
  public PinnedTrust(String fingerprint, InstantSource clock) {
    this.fingerprint = normal(fingerprint);
    this.clock = clock;
  }

  /**
   * A fingerprint in one spelling: {@code sha256:} and 64 small hex digits.
   *
   * @param text with or without the prefix, its hex in any case, with or without colons
   * @throws IdentityException if it is none
   */
  public static String normal(String text) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    bare = (bare.startsWith(PREFIX) ? bare.substring(PREFIX.length()) : bare).replace(":", "");
    if (!HEX.matcher(bare).matches()) {
      throw new IdentityException(
          IdentityException.Code.ARGUMENT,
          "'"
              + text
              + "' is not a fingerprint: it is sha256: and 64 hex digits, as the other side's"
              + " 'tidegate psi --fingerprint' prints it.");
    }
    return PREFIX + bare;
  }

  @Override
  public boolean knows(String participant) {
    return participant.equals(fingerprint);
  }

  @Override
  public PeerIdentity requireClient(X509Certificate certificate) {
    return require(certificate);
  }

  @Override
  public PeerIdentity requireServer(X509Certificate certificate, String participant) {
    if (!knows(participant)) {
      throw new IdentityException(
          IdentityException.Code.UNTRUSTED, participant + " is not the peer expected here");
    }
    return require(certificate);
  }

  private PeerIdentity require(X509Certificate certificate) {
    String presented = Pem.digest(certificate);
    if (!presented.equals(fingerprint)) {
      throw new IdentityException(
          IdentityException.Code.UNTRUSTED,
          "the other side presents a certificate with the fingerprint "
              + presented
              + ", and "
              + fingerprint
              + " is expected. If that is its owner's new fingerprint, pass it as --peer; if not,"
              + " somebody else is at the other end.");
    }
    CertificateChecks.requireCurrent(
        certificate,
        clock.instant(),
        "the certificate of the other side",
        "Its owner makes a new one in another --identity directory and tells its fingerprint.");
    return new PeerIdentity(fingerprint, CertificateRole.NODE, certificate);
  }
}
