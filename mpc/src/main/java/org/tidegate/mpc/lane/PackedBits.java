package org.tidegate.mpc.lane;

import java.util.Objects;

/**
 * Vectors of bits packed in words: bit j is bit j mod 64 of word j / 64, and the bits of the last
 * word past the end are zero. A word is the unit of every loop, which C2 turns into vectors by
 * itself. Time depends on lengths only.
 */
public final class PackedBits {
  private PackedBits() {}

  /** Words for so many bits. */
  public static int words(int bits) {
    if (bits < 0) {
      throw new IllegalArgumentException("a vector of " + bits + " bits: give 0 or more");
    }
    return (int) ((bits + 63L) / 64);
  }

  /** The bit at a place, 0 or 1. */
  public static int get(long[] vector, int place) {
    return (int) (vector[place >>> 6] >>> place) & 1;
  }

  /** Sets the bit at a place to 0 or 1, whatever it was. */
  public static void set(long[] vector, int place, int bit) {
    int word = place >>> 6;
    vector[word] = vector[word] & ~(1L << place) | (bit & 1L) << place;
  }

  /** r = a + b. The result may be an operand; all three have the same words. */
  public static void add(long[] r, long[] a, long[] b) {
    sameWords(r, a);
    sameWords(r, b);
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] ^ b[i];
    }
  }

  /** r = a·b bit by bit. The result may be an operand; all three have the same words. */
  public static void and(long[] r, long[] a, long[] b) {
    sameWords(r, a);
    sameWords(r, b);
    for (int i = 0; i < r.length; i++) {
      r[i] = a[i] & b[i];
    }
  }

  /** r += bit·a for a secret bit, without a branch on it. */
  public static void addIf(long[] r, long[] a, int bit) {
    sameWords(r, a);
    long mask = -(bit & 1L);
    for (int i = 0; i < r.length; i++) {
      r[i] ^= a[i] & mask;
    }
  }

  /** The sum of a·b over all places: 0 or 1. */
  public static int innerProduct(long[] a, long[] b) {
    sameWords(a, b);
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum ^= a[i] & b[i];
    }
    return Long.bitCount(sum) & 1;
  }

  /** How many bits are one. */
  public static long count(long[] vector) {
    long count = 0;
    for (long word : vector) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** Bits [from, from + count) as a vector of their own. */
  public static long[] slice(long[] vector, int from, int count) {
    Objects.checkFromIndexSize(from, count, 64L * vector.length);
    long[] slice = new long[words(count)];
    int word = from >>> 6;
    int shift = from & 63;
    for (int i = 0; i < slice.length; i++) {
      slice[i] = vector[word + i] >>> shift;
      if (shift > 0 && word + i + 1 < vector.length) {
        slice[i] |= vector[word + i + 1] << 64 - shift;
      }
    }
    clearTail(slice, count);
    return slice;
  }

  /** Makes the bits from a place to the end zero. */
  public static void clearTail(long[] vector, int bits) {
    int word = bits >>> 6;
    if ((bits & 63) != 0) {
      vector[word] &= (1L << bits) - 1;
      word++;
    }
    for (; word < vector.length; word++) {
      vector[word] = 0;
    }
  }

  private static void sameWords(long[] a, long[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "vectors of " + a.length + " and " + b.length + " words: give vectors of one length");
    }
  }
}
