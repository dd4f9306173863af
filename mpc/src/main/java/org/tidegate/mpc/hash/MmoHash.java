package org.tidegate.mpc.hash;

import org.tidegate.mpc.bytes.BigEndian;

/**
 * The hash H(x) = π(x) ⊕ x of 16-byte blocks, π being AES-128 under a public key (Matyas, Meyer and
 * Oseas).
 *
 * <p><b>What it is good for.</b> With π an ideal permutation, H is correlation robust: for a secret
 * uniform Δ, the values H(x ⊕ Δ) for any known x look random (C. Guo, J. Katz, X. Wang, Y. Yu,
 * ePrint 2019/074, Theorem 1: an adversary of p calls of π and q values is wrong by at most about
 * 2pq/2^128). It is neither circular nor tweakable: blocks that repeat, or inputs chosen against π,
 * need more, and the paper says what (section 7).
 *
 * <p>For one thread at a time.
 */
public final class MmoHash {
  /** Bytes of a key, of an input and of an output. */
  public static final int BLOCK_BYTES = 16;

  private static final int CHUNK_BYTES = 8192;

  private final FixedKeyAes permutation;
  private final byte[] permuted = new byte[CHUNK_BYTES];

  /**
   * The hash under a public key.
   *
   * @param keys holds the key
   * @param offset where its {@link #BLOCK_BYTES} bytes begin
   */
  public MmoHash(byte[] keys, int offset) {
    permutation = new FixedKeyAes(keys, offset);
  }

  /**
   * out[i] = H(in[i]).
   *
   * @param in {@code blocks} blocks, back to back from {@code inOffset}
   * @param out as many blocks, back to back; may be {@code in} at the same offset, but must not
   *     overlap it otherwise
   */
  public void hash(byte[] in, int inOffset, byte[] out, int outOffset, int blocks) {
    int bytes = Math.multiplyExact(blocks, BLOCK_BYTES);
    for (int done = 0; done < bytes; done += CHUNK_BYTES) {
      int length = Math.min(CHUNK_BYTES, bytes - done);
      permutation.permute(in, inOffset + done, permuted, length / BLOCK_BYTES);
      xor(in, inOffset + done, permuted, out, outOffset + done, length);
    }
  }

  private static void xor(byte[] a, int aOffset, byte[] b, byte[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += 8) {
      long x = BigEndian.readLongLittle(a, aOffset + i) ^ BigEndian.readLongLittle(b, i);
      BigEndian.writeLongLittle(out, outOffset + i, x);
    }
  }
}
