package org.tidegate.mpc.lpn;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.hash.FixedKeyAes;
import org.tidegate.mpc.lane.BlockCode;
import org.tidegate.mpc.random.PublicRandom;

/**
 * Expand-Convolute of rate 1/2 (ePrint 2023/882; see the package for deviations). With N = 2k and y
 * of the recursion below, out_i = Σ over w places p of y_p, one in each of w stretches:
 *
 * <pre>y_i = e_i + Σ_{s=1..24} c_{i,s}·y_{i−s}   (c_{i,24} = 1)</pre>
 *
 * Time and memory accesses depend on k and the public seed only. Nothing of the matrix is kept: its
 * taps are a key stream that is used once a vector, its places are made block by block under a
 * public key, stretch after stretch, so that what is read at random stays in the cache.
 */
public final class ExpandConvolute implements LinearCode {
  /** Bytes of the seed. */
  public static final int SEED_BYTES = 32;

  /** Dimensions are multiples of this. */
  public static final int DIMENSION_STEP = 4;

  /** The least dimension. */
  public static final int MIN_DIMENSION = 2048;

  /** The greatest. */
  public static final int MAX_DIMENSION = 1 << 25;

  private static final int TAP_GROUPS = 1024;
  private static final int CHUNK = 2048;
  private static final int AES_BLOCK = 16;
  private static final int WORDS_A_BLOCK = 4;

  private final LpnCode code;
  private final BlockCode kernel;
  private final int dimension;
  private final byte[] seed;
  private final byte[] placesKey = new byte[AES_BLOCK];

  /**
   * The code of dimension k that a public seed gives.
   *
   * @param dimension k, from 2048 to 2^25, a multiple of 4
   * @param seed {@link #SEED_BYTES} bytes
   */
  public ExpandConvolute(LpnCode code, int dimension, byte[] seed, BlockCode kernel) {
    if (dimension < MIN_DIMENSION || dimension > MAX_DIMENSION || dimension % DIMENSION_STEP != 0) {
      throw new IllegalArgumentException(
          "a code has a dimension of 2048 to 2^25, a multiple of 4, not %d".formatted(dimension));
    }
    this.code = code;
    this.kernel = kernel;
    this.dimension = dimension;
    this.seed = seed.clone();
    new PublicRandom("lpn/places", seed).nextBytes(placesKey, 0, placesKey.length);
  }

  /** The least dimension that a code may have and that is not below {@code size}. */
  public static int dimensionFor(int size) {
    int steps = (Math.max(size, MIN_DIMENSION) + DIMENSION_STEP - 1) / DIMENSION_STEP;
    return steps * DIMENSION_STEP;
  }

  @Override
  public String name() {
    return code.text();
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
  public int lead() {
    return BlockCode.STATE;
  }

  @Override
  public void prepare(long[] vector) {
    check(vector);
    PublicRandom random = new PublicRandom("lpn/taps", seed);
    byte[] taps = new byte[TAP_GROUPS * BlockCode.TAP_BYTES];
    for (int done = 0; done < length(); done += TAP_GROUPS * BlockCode.GROUP) {
      int count = Math.min(TAP_GROUPS * BlockCode.GROUP, length() - done);
      random.nextBytes(taps, 0, count / BlockCode.GROUP * BlockCode.TAP_BYTES);
      kernel.convolve(vector, lead() + done, count, taps);
    }
  }

  @Override
  public void finish(long[] vector, long[] out, int at, int from, int to) {
    check(vector);
    if (from < 0 || to > dimension || at + from < 0 || out.length / 2 - at < to) {
      throw new IllegalArgumentException(
          "%s of dimension %d gives no blocks %d to %d for %d words"
              .formatted(name(), dimension, from, to, out.length));
    }
    Arrays.fill(out, 2 * (at + from), 2 * (at + to), 0);
    FixedKeyAes aes = new FixedKeyAes(placesKey, 0);
    byte[] counters = new byte[AES_BLOCK * (CHUNK / WORDS_A_BLOCK)];
    byte[] words = new byte[counters.length];
    for (int stretch = 0; stretch < code.weight(); stretch++) {
      int start = start(stretch);
      int size = start(stretch + 1) - start;
      for (int first = from; first < to; ) {
        // A block of the cipher has four places: begin with a whole one.
        int aligned = first / WORDS_A_BLOCK * WORDS_A_BLOCK;
        int end = Math.min(to, aligned + CHUNK);
        places(aes, stretch, aligned, end, counters, words);
        if (aligned < first) {
          System.arraycopy(words, 4 * (first - aligned), words, 0, 4 * (end - first));
        }
        kernel.gather(vector, lead() + start, size, words, out, at + first, end - first);
        first = end;
      }
    }
  }

  private int start(int stretch) {
    return (int) ((long) stretch * length() / code.weight());
  }

  /** The words of rows [from, to), from = 0 mod 4: block i/4 is AES(stretch, i/4). */
  private static void places(
      FixedKeyAes aes, int stretch, int from, int to, byte[] counters, byte[] words) {
    int blocks = (to - from + WORDS_A_BLOCK - 1) / WORDS_A_BLOCK;
    for (int i = 0; i < blocks; i++) {
      BigEndian.writeLongLittle(counters, AES_BLOCK * i, from / WORDS_A_BLOCK + i);
      BigEndian.writeLongLittle(counters, AES_BLOCK * i + 8, stretch);
    }
    aes.permute(counters, 0, words, blocks);
  }

  private void check(long[] vector) {
    if (vector.length != 2 * (lead() + length())) {
      throw new IllegalArgumentException(
          "%s of dimension %d works on %d words, not %d"
              .formatted(name(), dimension, 2 * (lead() + length()), vector.length));
    }
  }
}
