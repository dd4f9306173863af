package org.tidegate.mpc.random;

import org.tidegate.mpc.bytes.BigEndian;

/**
 * A uniform shuffle that moves rows twice and in order, rather than once and through all of the
 * memory: every row goes to a bucket that is drawn for it, and the rows of a bucket, which are
 * near, are shuffled by Fisher and Yates. The result is uniform whatever the number of buckets.
 *
 * <p>Source: C. R. Rao, Sankhyā 23 (1961); M. Sandelius, J. Royal Statistical Society B 24 (1962).
 */
final class RowShuffle {
  private static final int BUCKET_ROWS = 2048;
  private static final int MAX_BUCKET_BITS = 12;
  private static final int DRAWN_BYTES = 4096;

  private final byte[] rows;
  private final int width;
  private final int count;
  private final byte[] drawn = new byte[DRAWN_BYTES];
  private int used = DRAWN_BYTES;

  RowShuffle(byte[] rows, int width, int count) {
    this.rows = rows;
    this.width = width;
    this.count = count;
  }

  byte[] by(AesCtrStream stream) {
    int bits = 0;
    while (bits < MAX_BUCKET_BITS && count >> bits > BUCKET_ROWS) {
      bits++;
    }
    int[] ends = new int[1 << bits];
    byte[] scattered = bits == 0 ? rows : scatter(bits, ends, stream);
    ends[ends.length - 1] = count;
    byte[] out = new byte[count * width];
    int start = 0;
    for (int end : ends) {
      shuffle(scattered, start, end - start, out, stream);
      start = end;
    }
    return out;
  }

  /** Sends every row to its bucket; {@code ends} receives where each bucket ends. */
  private byte[] scatter(int bits, int[] ends, AesCtrStream stream) {
    char[] bucket = new char[count];
    int mask = (1 << bits) - 1;
    for (int i = 0; i < count; i++) {
      int b = next(stream, Short.BYTES) & mask;
      bucket[i] = (char) b;
      ends[b]++;
    }
    int start = 0;
    for (int b = 0; b < ends.length; b++) {
      int size = ends[b];
      ends[b] = start;
      start += size;
    }
    byte[] scattered = new byte[count * width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, i * width, scattered, ends[bucket[i]]++ * width, width);
    }
    return scattered;
  }

  /** Inside out: the row at i goes to where the one at j was, which moves to the end. */
  private void shuffle(byte[] in, int from, int size, byte[] out, AesCtrStream stream) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1, stream);
      order[i] = order[j];
      order[j] = i;
    }
    for (int i = 0; i < size; i++) {
      System.arraycopy(in, (from + order[i]) * width, out, (from + i) * width, width);
    }
  }

  /**
   * Uniform in [0, bound), by multiplication; the few numbers that would favour some value are
   * drawn again. Source: D. Lemire, ACM TOMACS 29 (2019), Algorithm 5.
   */
  private int below(int bound, AesCtrStream stream) {
    long product = (next(stream, Integer.BYTES) & 0xffff_ffffL) * bound;
    if ((int) product < bound && (product & 0xffff_ffffL) < bound) {
      long threshold = (1L << 32) % bound;
      while ((product & 0xffff_ffffL) < threshold) {
        product = (next(stream, Integer.BYTES) & 0xffff_ffffL) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** The next 2 or 4 bytes; of 2, in the lower half. */
  private int next(AesCtrStream stream, int bytes) {
    if (used + bytes > DRAWN_BYTES) {
      stream.next(drawn, 0, DRAWN_BYTES);
      used = 0;
    }
    int at = used;
    used += bytes;
    return bytes == Integer.BYTES
        ? BigEndian.readInt(drawn, at)
        : (drawn[at] & 0xff) << 8 | drawn[at + 1] & 0xff;
  }
}
