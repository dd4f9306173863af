package org.tidegate.mpc.oprf.vole;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.okvs.Okvs;
import org.tidegate.mpc.okvs.StoreField;
import org.tidegate.mpc.oprf.KeyTokens;

/**
 * The two halves of a token: the first is the key's name in the store, the second, or its lower
 * word if values are short, is H^B(x), what the receiver stores under it. Both halves together are
 * 256 bits of a random oracle, so that nobody finds two keys that fit one equation of the store.
 */
final class TokenParts {
  private TokenParts() {}

  /** The first halves, back to back. */
  static byte[] storeKeys(byte[] tokens, int count) {
    byte[] keys = new byte[count * Okvs.KEY_BYTES];
    for (int i = 0; i < count; i++) {
      System.arraycopy(tokens, i * KeyTokens.BYTES, keys, i * Okvs.KEY_BYTES, Okvs.KEY_BYTES);
    }
    return keys;
  }

  /** H^B of token {@code i}: its lower word. */
  static long low(byte[] tokens, int i) {
    return BigEndian.readLongLittle(tokens, i * KeyTokens.BYTES + 16);
  }

  /** H^B of token {@code i}: its higher word. */
  static long high(StoreField field, byte[] tokens, int i) {
    return field.valueBits() == Long.SIZE
        ? 0
        : BigEndian.readLongLittle(tokens, i * KeyTokens.BYTES + 24);
  }
}
