package org.tidegate.ledger.records;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A digest that names its algorithm: {@code sha256:} and 64 lower-case hex digits.
 *
 * @param text the written form
 */
public record Digest(String text) implements Comparable<Digest> {
  private static final String PREFIX = "sha256:";
  private static final int LENGTH = PREFIX.length() + 64;

  /** Checks the form. */
  public Digest {
    if (!hasForm(text)) {
      throw new RecordException(
          "'"
              + RecordException.excerpt(text)
              + "' is not a digest; expected sha256: and 64 lower-case hex digits");
    }
  }

  private static boolean hasForm(String text) {
    if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Reads the written form. */
  public static Digest parse(String text) {
    return new Digest(text);
  }

  /** SHA-256 over the parts, one after the other without separators. */
  public static Digest of(byte[]... parts) {
    MessageDigest sha256 = sha256();
    for (byte[] part : parts) {
      sha256.update(part);
    }
    return ofHash(sha256.digest());
  }

  /**
   * A digest from a finished SHA-256 value.
   *
   * @param hash 32 bytes
   */
  public static Digest ofHash(byte[] hash) {
    return new Digest(PREFIX + HexFormat.of().formatHex(hash));
  }

  /** The 64 hex digits. */
  public String hex() {
    return text.substring(PREFIX.length());
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex());
  }

  @Override
  public int compareTo(Digest other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
