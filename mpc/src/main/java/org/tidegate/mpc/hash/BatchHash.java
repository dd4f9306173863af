package org.tidegate.mpc.hash;

/**
 * A 256-bit hash of many messages of one length: the seam where vector kernels go in. All
 * implementations give the same bytes, hold no mutable state and may be shared by threads.
 */
public interface BatchHash {
  /** The length of a digest. */
  int DIGEST_BYTES = 32;

  /**
   * Computes out[i] = H(in[i]).
   *
   * @param in {@code count} messages of {@code messageBytes} each, back to back from {@code
   *     inOffset}
   * @param messageBytes 0 or more
   * @param out {@code count} digests of 32 bytes, back to back; must not overlap {@code in}
   */
  void hash(byte[] in, int inOffset, int messageBytes, byte[] out, int outOffset, int count);
}
