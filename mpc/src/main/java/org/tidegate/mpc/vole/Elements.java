package org.tidegate.mpc.vole;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.lpn.LinearCode;
import org.tidegate.mpc.session.Session;

/** Elements of GF(2^128) as pairs of words, the lower first: x^k is bit k. */
final class Elements {
  private static final long FOLD = 0x87; // x^128 = x^7 + x^2 + x + 1

  private Elements() {}

  /** Σ_l x^l·shares[from + l] over {@code count} shares: by Horner, from the highest. */
  static void combine(long[] shares, int from, int count, long[] out, int at) {
    long low = 0;
    long high = 0;
    for (int l = count - 1; l >= 0; l--) {
      long carry = high >> 63 & FOLD;
      high = high << 1 | low >>> 63;
      low = low << 1 ^ carry;
      low ^= shares[2 * (from + l)];
      high ^= shares[2 * (from + l) + 1];
    }
    out[at] = low;
    out[at + 1] = high;
  }

  /** Adds up {@code count} blocks of bytes into a pair of words. */
  static void sum(byte[] blocks, int count, long[] out, int at) {
    long low = 0;
    long high = 0;
    for (int i = 0; i < count; i++) {
      low ^= BigEndian.readLongLittle(blocks, 16 * i);
      high ^= BigEndian.readLongLittle(blocks, 16 * i + 8);
    }
    out[at] ^= low;
    out[at + 1] ^= high;
  }

  /** Copies {@code count} blocks of bytes to words. */
  static void copy(byte[] blocks, int count, long[] words, int at) {
    for (int i = 0; i < 2 * count; i++) {
      words[at + i] = BigEndian.readLongLittle(blocks, 8 * i);
    }
  }

  /**
   * The code's image of a vector; uses the vector up.
   *
   * @param out receives {@code count} elements from element {@code at} on
   */
  static void compress(
      Session session, LinearCode code, long[] vector, long[] out, int at, int count) {
    session.checkAlive();
    code.prepare(vector);
    // The code goes over its stretches once a range, and each should stay in the cache while it is
    // read at random: the fewer ranges the better.
    int range = (count - 1) / session.workers().threads() + 1;
    session
        .workers()
        .forRange(
            count,
            range,
            (from, to) -> {
              session.checkAlive();
              code.finish(vector, out, at, from, to);
            });
  }
}
