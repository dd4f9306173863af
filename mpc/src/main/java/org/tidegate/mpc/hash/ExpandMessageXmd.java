package org.tidegate.mpc.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * {@code expand_message_xmd} [RFC 9380, section 5.3.1]. One object serves one thread; it keeps the
 * hash object and a buffer between messages.
 */
public final class ExpandMessageXmd {
  /** The hash functions of the suites in use. */
  public enum Hash {
    /** FIPS 180-4. */
    SHA_256(32, 64),
    /** FIPS 180-4. */
    SHA_512(64, 128),
    /** GB/T 32905-2016. */
    SM3(32, 64);

    private final int bytes;
    private final int blockBytes;

    Hash(int bytes, int blockBytes) {
      this.bytes = bytes;
      this.blockBytes = blockBytes;
    }

    private Digest digest() {
      if (this == SM3) {
        ScalarSm3 sm3 = new ScalarSm3();
        return (in, length, out) -> sm3.hash(in, 0, length, out, 0, 1);
      }
      MessageDigest digest = this == SHA_256 ? Sha.sha256() : Sha.sha512();
      return (in, length, out) -> {
        digest.update(in, 0, length);
        byte[] result = digest.digest();
        System.arraycopy(result, 0, out, 0, result.length);
      };
    }
  }

  /** out = H(in[0 .. length)). */
  @FunctionalInterface
  private interface Digest {
    void hash(byte[] in, int length, byte[] out);
  }

  private final Hash hash;
  private final Digest digest;
  private final byte[] suffix;
  private final byte[] first;
  private final byte[] block;
  private byte[] input = new byte[0];

  /**
   * With a hash function and DST, the domain separation tag.
   *
   * @param tag 1 to 255 bytes
   */
  public ExpandMessageXmd(Hash hash, byte[] tag) {
    if (tag.length < 1 || tag.length > 255) {
      throw new IllegalArgumentException("a domain separation tag has 1 to 255 bytes");
    }
    this.hash = hash;
    digest = hash.digest();
    first = new byte[hash.bytes];
    block = new byte[hash.bytes];
    suffix = new byte[tag.length + 1];
    System.arraycopy(tag, 0, suffix, 0, tag.length);
    suffix[tag.length] = (byte) tag.length;
  }

  /** With a tag in UTF-8. */
  public ExpandMessageXmd(Hash hash, String tag) {
    this(hash, tag.getBytes(StandardCharsets.UTF_8));
  }

  /** With SHA-512 and a tag in UTF-8. */
  public ExpandMessageXmd(String tag) {
    this(Hash.SHA_512, tag);
  }

  /**
   * Expands one message.
   *
   * @param outBytes 1 to 255 times the length of the hash
   */
  public void expand(
      byte[] message, int offset, int length, byte[] out, int outOffset, int outBytes) {
    int blocks = (outBytes + hash.bytes - 1) / hash.bytes;
    if (outBytes < 1 || blocks > 255) {
      throw new IllegalArgumentException("cannot expand to " + outBytes + " bytes");
    }
    int inputBytes = hash.blockBytes + length + 3 + suffix.length;
    if (input.length < inputBytes) {
      input = new byte[inputBytes + hash.bytes];
    }
    Arrays.fill(input, 0, hash.blockBytes, (byte) 0);
    System.arraycopy(message, offset, input, hash.blockBytes, length);
    int at = hash.blockBytes + length;
    input[at] = (byte) (outBytes >> 8);
    input[at + 1] = (byte) outBytes;
    input[at + 2] = 0;
    System.arraycopy(suffix, 0, input, at + 3, suffix.length);
    digest.hash(input, inputBytes, first);
    Arrays.fill(block, (byte) 0);
    for (int i = 1; i <= blocks; i++) {
      for (int j = 0; j < hash.bytes; j++) {
        input[j] = (byte) (block[j] ^ first[j]);
      }
      input[hash.bytes] = (byte) i;
      System.arraycopy(suffix, 0, input, hash.bytes + 1, suffix.length);
      digest.hash(input, hash.bytes + 1 + suffix.length, block);
      int done = (i - 1) * hash.bytes;
      System.arraycopy(block, 0, out, outOffset + done, Math.min(hash.bytes, outBytes - done));
    }
  }
}
