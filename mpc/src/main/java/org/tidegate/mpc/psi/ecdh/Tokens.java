package org.tidegate.mpc.psi.ecdh;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.session.Session;

/** H₂(x, key, k·H(x)), cut to 16 bytes: the output of the oblivious pseudorandom function. */
final class Tokens {
  static final int BYTES = 16;

  private static final int PIECE = 512;

  private Tokens() {}

  /**
   * Token i belongs to key order[i], whose element is elements[i]; for i in [from, to).
   *
   * @param key the sender's public one
   * @param element the length of an element
   */
  static byte[] of(
      Session session,
      byte[] key,
      PackedBytes keys,
      int[] order,
      byte[] elements,
      int element,
      int from,
      int to) {
    byte[] run = session.binding().hash("tidegate.psi.ecdh.token/2").bytes(key).finish();
    byte[] tokens = new byte[(to - from) * BYTES];
    session
        .workers()
        .forRange(
            to - from,
            PIECE,
            (a, b) -> {
              for (int i = a; i < b; i++) {
                int row = order[from + i];
                byte[] token =
                    new DomainHash("tidegate.token/1")
                        .bytes(run)
                        .bytes(keys.data(), keys.start(row), keys.length(row))
                        .bytes(elements, (from + i) * element, element)
                        .finish();
                System.arraycopy(token, 0, tokens, i * BYTES, BYTES);
              }
            });
    return tokens;
  }
}
