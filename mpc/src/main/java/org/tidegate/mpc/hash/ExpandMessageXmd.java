package org.tidegate.mpc.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * {@code expand_message_xmd} with SHA-512 [RFC 9380, section 5.3.1]. One object serves one thread;
 * it keeps the hash objects between messages.
 */
public final class ExpandMessageXmd {
  private static final int HASH_BYTES = 64;
  private static final int BLOCK_BYTES = 128;

  private final MessageDigest sha512 = Sha.sha512();
  private final byte[] zeroBlock = new byte[BLOCK_BYTES];
  private final byte[] suffix;
  private final byte[] previous = new byte[HASH_BYTES];
  private final byte[] first = new byte[HASH_BYTES];

  /**
   * With DST, the domain separation tag.
   *
   * @param tag 1 to 255 bytes
   */
  public ExpandMessageXmd(byte[] tag) {
    if (tag.length < 1 || tag.length > 255) {
      throw new IllegalArgumentException("a domain separation tag has 1 to 255 bytes");
    }
    suffix = new byte[tag.length + 1];
    System.arraycopy(tag, 0, suffix, 0, tag.length);
    suffix[tag.length] = (byte) tag.length;
  }

  /** With a tag in UTF-8. */
  public ExpandMessageXmd(String tag) {
    this(tag.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Expands one message.
   *
   * @param outBytes 1 to 255 · 64
   */
  public void expand(
      byte[] message, int offset, int length, byte[] out, int outOffset, int outBytes) {
    int blocks = (outBytes + HASH_BYTES - 1) / HASH_BYTES;
    if (outBytes < 1 || blocks > 255) {
      throw new IllegalArgumentException("cannot expand to " + outBytes + " bytes");
    }
    sha512.update(zeroBlock);
    sha512.update(message, offset, length);
    sha512.update((byte) (outBytes >> 8));
    sha512.update((byte) outBytes);
    sha512.update((byte) 0);
    sha512.update(suffix);
    byte[] b0 = sha512.digest();
    System.arraycopy(b0, 0, first, 0, HASH_BYTES);
    Arrays.fill(previous, (byte) 0);
    for (int i = 1; i <= blocks; i++) {
      for (int j = 0; j < HASH_BYTES; j++) {
        previous[j] ^= first[j];
      }
      sha512.update(previous);
      sha512.update((byte) i);
      sha512.update(suffix);
      byte[] block = sha512.digest();
      System.arraycopy(block, 0, previous, 0, HASH_BYTES);
      int done = (i - 1) * HASH_BYTES;
      System.arraycopy(block, 0, out, outOffset + done, Math.min(HASH_BYTES, outBytes - done));
    }
  }
}
