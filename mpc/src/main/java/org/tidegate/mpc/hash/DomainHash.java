package org.tidegate.mpc.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.tidegate.mpc.bytes.BigEndian;

/**
 * SHA-256 over a domain and a list of fields, each with its length before it, so that no two
 * different lists give the same bytes: H(len(domain) ‖ domain ‖ len(f₁) ‖ f₁ ‖ …).
 */
public final class DomainHash {
  private final MessageDigest digest = Sha.sha256();

  /** Starts a hash in a domain. */
  public DomainHash(String domain) {
    text(domain);
  }

  /** Adds a text in UTF-8. */
  public DomainHash text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a byte string. */
  public DomainHash bytes(byte[] bytes) {
    return bytes(bytes, 0, bytes.length);
  }

  /** Adds a part of an array. */
  public DomainHash bytes(byte[] bytes, int offset, int length) {
    byte[] prefix = new byte[4];
    BigEndian.writeInt(prefix, 0, length);
    digest.update(prefix);
    digest.update(bytes, offset, length);
    return this;
  }

  /** Adds a number. */
  public DomainHash number(long number) {
    byte[] bytes = new byte[8];
    BigEndian.writeLong(bytes, 0, number);
    return bytes(bytes);
  }

  /** The 32 bytes; the object starts afresh without a domain and is of no more use. */
  public byte[] finish() {
    return digest.digest();
  }
}
