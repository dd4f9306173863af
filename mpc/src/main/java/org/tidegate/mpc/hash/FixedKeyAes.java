package org.tidegate.mpc.hash;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** AES-128 under a public key: a permutation of blocks of 16 bytes. For one thread at a time. */
public final class FixedKeyAes {
  /** Bytes of a key and of a block. */
  public static final int BLOCK_BYTES = 16;

  private final Cipher cipher;

  /**
   * The permutation under a key.
   *
   * @param keys holds the key
   * @param offset where its {@link #BLOCK_BYTES} bytes begin
   */
  public FixedKeyAes(byte[] keys, int offset) {
    try {
      cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys, offset, BLOCK_BYTES, "AES"));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("AES refuses a key of 16 bytes", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no AES", e);
    }
  }

  /**
   * Permutes {@code count} blocks. Fastest with some kilobytes: the JDK's vector code is in use
   * then, and all stays in L1.
   *
   * @param out receives the blocks from 0; another array
   */
  public void permute(byte[] in, int offset, byte[] out, int count) {
    try {
      int written = cipher.update(in, offset, Math.multiplyExact(count, BLOCK_BYTES), out, 0);
      assert written == count * BLOCK_BYTES;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES failed", e);
    }
  }
}
