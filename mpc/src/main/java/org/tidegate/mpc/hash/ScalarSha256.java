package org.tidegate.mpc.hash;

import java.security.DigestException;
import java.security.MessageDigest;

/** SHA-256 one message after the other, by the Java runtime. */
public final class ScalarSha256 implements BatchHash {
  @Override
  public void hash(
      byte[] in, int inOffset, int messageBytes, byte[] out, int outOffset, int count) {
    MessageDigest sha256 = Sha.sha256();
    for (int i = 0; i < count; i++) {
      sha256.update(in, inOffset + i * messageBytes, messageBytes);
      try {
        sha256.digest(out, outOffset + i * DIGEST_BYTES, DIGEST_BYTES);
      } catch (DigestException e) {
        throw new IllegalArgumentException("no room for " + count + " digests", e);
      }
    }
  }
}
