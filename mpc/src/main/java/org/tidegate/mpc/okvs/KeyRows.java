package org.tidegate.mpc.okvs;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.hash.MmoHash;

/**
 * The rows of a list of keys, sorted by cluster: H(key) of each, from which its columns come, and
 * the key's place in the list. Immutable once built; shared by the threads that work on clusters.
 */
final class KeyRows {
  static final int KEY_BYTES = 16;

  /** H(key), 16 bytes a row. */
  final byte[] hashes;

  /** Where in the list a row's key stands. */
  final int[] places;

  /** Cluster c has the rows [start[c], start[c + 1]). */
  final int[] start;

  private static final int CHUNK = 512;

  KeyRows(OkvsParameters parameters, byte[] seed, byte[] keys, int count) {
    MmoHash hash = new MmoHash(seed, 0);
    int clusters = parameters.clusters();
    hashes = new byte[KEY_BYTES * count];
    places = new int[count];
    start = new int[clusters + 1];
    byte[] hashed = new byte[CHUNK * KEY_BYTES];
    long[] unsorted = new long[2 * count];
    for (int from = 0; from < count; from += CHUNK) {
      int length = Math.min(CHUNK, count - from);
      hash.hash(keys, from * KEY_BYTES, hashed, 0, length);
      count(hashed, length, unsorted, from, clusters);
    }
    for (int cluster = 0; cluster < clusters; cluster++) {
      start[cluster + 1] += start[cluster];
    }
    sort(unsorted, clusters);
  }

  private void count(byte[] hashed, int length, long[] unsorted, int from, int clusters) {
    for (int i = 0; i < length; i++) {
      long high = BigEndian.readLongLittle(hashed, 16 * i + 8);
      unsorted[2 * (from + i)] = BigEndian.readLongLittle(hashed, 16 * i);
      unsorted[2 * (from + i) + 1] = high;
      start[below((int) (high >>> 32), clusters) + 1]++;
    }
  }

  private void sort(long[] unsorted, int clusters) {
    int[] next = start.clone();
    for (int i = 0; i < places.length; i++) {
      long high = unsorted[2 * i + 1];
      int row = next[below((int) (high >>> 32), clusters)]++;
      BigEndian.writeLongLittle(hashes, 16 * row, unsorted[2 * i]);
      BigEndian.writeLongLittle(hashes, 16 * row + 8, high);
      places[row] = i;
    }
  }

  /** Maps 32 uniform bits to [0, bound), by ⌊x·bound/2^32⌋: no value is off by more than 2^−32. */
  static int below(int x, int bound) {
    return (int) ((x & 0xffffffffL) * bound >>> 32);
  }

  /** Writes the three distinct columns of a row, of m. */
  static void columns(byte[] hashes, int row, int m, int[] columns, int at) {
    long low = BigEndian.readLongLittle(hashes, 16 * row);
    long high = BigEndian.readLongLittle(hashes, 16 * row + 8);
    int a = below((int) low, m);
    int b = below((int) (low >>> 32), m - 1);
    int c = below((int) high, m - 2);
    // b skips a; c skips both, the smaller first.
    b += a - 1 - b >>> 31;
    int first = Math.min(a, b);
    int second = Math.max(a, b);
    c += first - 1 - c >>> 31;
    c += second - 1 - c >>> 31;
    columns[at] = a;
    columns[at + 1] = b;
    columns[at + 2] = c;
  }
}
