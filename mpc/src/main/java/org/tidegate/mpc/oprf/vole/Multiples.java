package org.tidegate.mpc.oprf.vole;

import java.util.Arrays;
import org.tidegate.mpc.lane.Gf128;

/**
 * Adds multiples of one secret element: what the sender does to a blinded store and to the values
 * of its keys. For one thread at a time.
 */
final class Multiples {
  private static final int CHUNK = 256;

  private final Gf128 field;
  private final long[] low = new long[CHUNK];
  private final long[] high = new long[CHUNK];
  private final long[] deltaLow = new long[CHUNK];
  private final long[] deltaHigh = new long[CHUNK];

  /**
   * Multiples of Δ.
   *
   * @param delta a pair of words
   */
  Multiples(Gf128 field, long[] delta) {
    this.field = field;
    Arrays.fill(deltaLow, delta[0]);
    Arrays.fill(deltaHigh, delta[1]);
  }

  /** Gives the words of element i. */
  interface Elements {
    long low(int i);

    long high(int i);
  }

  /** sums[i] += Δ·elements(i) for i in [from, to); sums are pairs of words. */
  void add(long[] sums, Elements elements, int from, int to) {
    for (int start = from; start < to; start += CHUNK) {
      int count = Math.min(CHUNK, to - start);
      for (int i = 0; i < count; i++) {
        low[i] = elements.low(start + i);
        high[i] = elements.high(start + i);
      }
      field.multiply(low, high, low, high, deltaLow, deltaHigh, 0, count);
      for (int i = 0; i < count; i++) {
        sums[2 * (start + i)] ^= low[i];
        sums[2 * (start + i) + 1] ^= high[i];
      }
    }
  }
}
