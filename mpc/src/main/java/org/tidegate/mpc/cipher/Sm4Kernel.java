package org.tidegate.mpc.cipher;

/**
 * The 32 rounds of SM4 over many blocks: the seam where vector kernels go in. All implementations
 * give the same bytes, hold no mutable state and may be shared by threads.
 */
public interface Sm4Kernel {
  /**
   * out[i] = SM4(in[i]).
   *
   * @param roundKeys 32 words; in reverse order they decrypt
   * @param in {@code blocks} blocks of 16 bytes, back to back
   * @param out as many; may be {@code in} at the same offset, but must not overlap it otherwise
   */
  void crypt(int[] roundKeys, byte[] in, int inOffset, byte[] out, int outOffset, int blocks);
}
