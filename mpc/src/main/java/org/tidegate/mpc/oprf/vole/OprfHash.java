package org.tidegate.mpc.oprf.vole;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.hash.BatchHash;
import org.tidegate.mpc.oprf.KeyTokens;

/**
 * The outer hash of the function: H°(v, x) = SHA-256(v + w ‖ T(x)), cut; T(x) is the key's token,
 * which holds the run's binding. One compression an item.
 */
final class OprfHash {
  private static final int ELEMENT_BYTES = 16;
  private static final int MESSAGE_BYTES = ELEMENT_BYTES + KeyTokens.BYTES;
  private static final int CHUNK = 256;

  private OprfHash() {}

  /**
   * Computes the outputs of the rows [from, to).
   *
   * @param values v of each row, a pair of words
   * @param w the mask, a pair of words
   * @param outputBytes how much of each output is kept, up to 32
   * @param out row i's output goes to {@code i·outputBytes}
   */
  static void hash(
      BatchHash hash,
      long[] values,
      long[] w,
      byte[] tokens,
      int outputBytes,
      byte[] out,
      int from,
      int to) {
    byte[] messages = new byte[CHUNK * MESSAGE_BYTES];
    byte[] digests = new byte[CHUNK * BatchHash.DIGEST_BYTES];
    for (int start = from; start < to; start += CHUNK) {
      int count = Math.min(CHUNK, to - start);
      for (int i = 0; i < count; i++) {
        int row = start + i;
        int at = i * MESSAGE_BYTES;
        BigEndian.writeLongLittle(messages, at, values[2 * row] ^ w[0]);
        BigEndian.writeLongLittle(messages, at + 8, values[2 * row + 1] ^ w[1]);
        System.arraycopy(
            tokens, row * KeyTokens.BYTES, messages, at + ELEMENT_BYTES, KeyTokens.BYTES);
      }
      hash.hash(messages, 0, MESSAGE_BYTES, digests, 0, count);
      for (int i = 0; i < count; i++) {
        System.arraycopy(
            digests, i * BatchHash.DIGEST_BYTES, out, (start + i) * outputBytes, outputBytes);
      }
    }
  }
}
