package org.tidegate.mpc.lpn;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.random.PublicRandom;

/**
 * Expand-Convolute 21×24, of rate 1/2 (ePrint 2023/882; see the package for deviations). With N =
 * 2k and y of the recursion below, out_i = Σ over 21 positions p of y_p:
 *
 * <pre>y_i = e_i + Σ_{s=1..24} c_{i,s}·y_{i−s}   (c_{i,24} = 1)</pre>
 *
 * Time and memory accesses depend on k and the public seed only.
 */
public final class ExpandConvolute implements LinearCode {
  /** Bytes of the seed. */
  public static final int SEED_BYTES = 32;

  private static final int WEIGHT = 21;
  private static final int STATE = 24;

  private final int dimension;
  private final int[] taps;
  private final int[] positions;

  /**
   * The code of dimension k that a public seed gives.
   *
   * @param dimension k, from 1024 to 2^25
   * @param seed {@link #SEED_BYTES} bytes
   */
  public ExpandConvolute(int dimension, byte[] seed) {
    if (dimension < 1024 || dimension > 1 << 25) {
      throw new IllegalArgumentException(
          "a code has a dimension of 1024 to 2^25, not %d".formatted(dimension));
    }
    this.dimension = dimension;
    taps = words(new PublicRandom("lpn/taps", seed), length());
    for (int i = 0; i < taps.length; i++) {
      taps[i] = taps[i] & (1 << STATE) - 1 | 1 << STATE - 1;
    }
    positions =
        words(new PublicRandom("lpn/positions", seed), Math.multiplyExact(WEIGHT, dimension));
    for (int i = 0; i < positions.length; i++) {
      int stretch = i % WEIGHT;
      int from = start(stretch);
      long size = start(stretch + 1) - from;
      positions[i] = from + (int) ((positions[i] & 0xffffffffL) * size >>> 32);
    }
  }

  private int start(int stretch) {
    return (int) ((long) stretch * length() / WEIGHT);
  }

  private static int[] words(PublicRandom random, int count) {
    int[] words = new int[count];
    byte[] chunk = new byte[4096];
    for (int i = 0; i < count; i++) {
      int at = 4 * i % chunk.length;
      if (at == 0) {
        random.nextBytes(chunk, 0, chunk.length);
      }
      words[i] = BigEndian.readInt(chunk, at);
    }
    return words;
  }

  @Override
  public String name() {
    return "expand-convolute-21x24/1";
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int length() {
    return 2 * dimension;
  }

  @Override
  public void compress(long[] noise, long[] out) {
    if (noise.length != 2 * length() || out.length != 2 * dimension) {
      throw new IllegalArgumentException(
          "%s of dimension %d maps %d words to %d, not %d to %d"
              .formatted(name(), dimension, 2 * length(), 2 * dimension, noise.length, out.length));
    }
    convolve(noise, taps);
    expand(noise, positions, out, dimension);
  }

  /** y in place of e; the first elements have fewer predecessors. */
  private static void convolve(long[] y, int[] taps) {
    for (int i = 0; i < taps.length; i++) {
      long low = y[2 * i];
      long high = y[2 * i + 1];
      int most = Math.min(STATE, i);
      int tap = taps[i];
      for (int s = 1; s <= most; s++) {
        long mask = -(long) (tap >>> s - 1 & 1);
        low ^= y[2 * (i - s)] & mask;
        high ^= y[2 * (i - s) + 1] & mask;
      }
      y[2 * i] = low;
      y[2 * i + 1] = high;
    }
  }

  private static void expand(long[] y, int[] positions, long[] out, int dimension) {
    for (int i = 0; i < dimension; i++) {
      long low = 0;
      long high = 0;
      for (int k = i * WEIGHT; k < (i + 1) * WEIGHT; k++) {
        int p = 2 * positions[k];
        low ^= y[p];
        high ^= y[p + 1];
      }
      out[2 * i] = low;
      out[2 * i + 1] = high;
    }
  }
}
