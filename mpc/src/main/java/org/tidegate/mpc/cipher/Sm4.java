package org.tidegate.mpc.cipher;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.bytes.SecretBytes;

/**
 * SM4 under one key: single blocks (ECB), and the counter mode. ECB shows which blocks are equal:
 * it is for permuting blocks, not for messages. Methods may be called by several threads, until
 * {@link #close}.
 */
public final class Sm4 implements AutoCloseable {
  /** Bytes of a block, and of a key. */
  public static final int BLOCK_BYTES = 16;

  private static final int CHUNK_BLOCKS = 256;

  private final Sm4Kernel kernel;
  private final int[] forward;
  private final int[] backward;

  /**
   * The cipher under a key of 16 bytes.
   *
   * @throws IllegalArgumentException if the key has another length
   */
  public Sm4(Sm4Kernel kernel, SecretBytes key) {
    this.kernel = kernel;
    byte[] bytes = key.expose();
    try {
      if (bytes.length != BLOCK_BYTES) {
        throw new IllegalArgumentException(
            "a key of SM4 has %d bytes, not %d".formatted(BLOCK_BYTES, bytes.length));
      }
      forward = Sm4Tables.roundKeys(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    backward = new int[forward.length];
    for (int i = 0; i < forward.length; i++) {
      backward[i] = forward[forward.length - 1 - i];
    }
  }

  /**
   * Encrypts {@code blocks} blocks, each by itself; {@code out} may be {@code in} at the same
   * offset, but must not overlap it otherwise.
   */
  public void encrypt(byte[] in, int inOffset, byte[] out, int outOffset, int blocks) {
    kernel.crypt(forward, in, inOffset, out, outOffset, blocks);
  }

  /** Decrypts, likewise. */
  public void decrypt(byte[] in, int inOffset, byte[] out, int outOffset, int blocks) {
    kernel.crypt(backward, in, inOffset, out, outOffset, blocks);
  }

  /**
   * The counter mode: out = in ⊕ SM4(counter), SM4(counter + 1), …, the counter being a big-endian
   * number of 128 bits that wraps around. Encrypts and decrypts. No two calls under a key may use a
   * counter twice.
   *
   * @param counter the first, 16 bytes; unchanged
   * @param length bytes, any number
   * @param out may be {@code in} at the same offset, but must not overlap it otherwise
   */
  public void counterMode(
      byte[] counter, byte[] in, int inOffset, byte[] out, int outOffset, int length) {
    if (counter.length != BLOCK_BYTES) {
      throw new IllegalArgumentException(
          "a counter has %d bytes, not %d".formatted(BLOCK_BYTES, counter.length));
    }
    long high = BigEndian.readLong(counter, 0);
    long low = BigEndian.readLong(counter, 8);
    byte[] stream = new byte[CHUNK_BLOCKS * BLOCK_BYTES];
    for (int done = 0; done < length; done += stream.length) {
      int take = Math.min(stream.length, length - done);
      int blocks = (take + BLOCK_BYTES - 1) / BLOCK_BYTES;
      for (int i = 0; i < blocks; i++) {
        BigEndian.writeLong(stream, BLOCK_BYTES * i, high);
        BigEndian.writeLong(stream, BLOCK_BYTES * i + 8, low);
        low++;
        high += low == 0 ? 1 : 0;
      }
      kernel.crypt(forward, stream, 0, stream, 0, blocks);
      xor(in, inOffset + done, stream, out, outOffset + done, take);
    }
    Arrays.fill(stream, (byte) 0);
  }

  private static void xor(byte[] a, int aOffset, byte[] b, byte[] out, int outOffset, int length) {
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      long x = BigEndian.readLongLittle(a, aOffset + i) ^ BigEndian.readLongLittle(b, i);
      BigEndian.writeLongLittle(out, outOffset + i, x);
    }
    for (; i < length; i++) {
      out[outOffset + i] = (byte) (a[aOffset + i] ^ b[i]);
    }
  }

  /** Zeroes the round keys. */
  @Override
  public void close() {
    Arrays.fill(forward, 0);
    Arrays.fill(backward, 0);
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "Sm4";
  }
}
