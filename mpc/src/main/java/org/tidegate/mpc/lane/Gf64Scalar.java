package org.tidegate.mpc.lane;

/** {@link Gf64} one product after the other: the reference of the vector versions. */
public final class Gf64Scalar implements Gf64 {
  @Override
  public void multiply(long[] r, long[] a, long[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      r[i] = reduce(CarryLess.low(a[i], b[i]), CarryLess.high(a[i], b[i]));
    }
  }

  @Override
  public long innerProduct(long[] a, long[] b, int from, int to) {
    long low = 0;
    long high = 0;
    for (int i = from; i < to; i++) {
      low ^= CarryLess.low(a[i], b[i]);
      high ^= CarryLess.high(a[i], b[i]);
    }
    return reduce(low, high);
  }

  /**
   * {@code high·x^64 + low} as an element: x^64 = x^4 + x^3 + x + 1, and what that shifts out of
   * the word is folded once more.
   */
  public static long reduce(long low, long high) {
    long over = high >>> 63 ^ high >>> 61 ^ high >>> 60;
    long folded = high ^ over;
    return low ^ folded ^ folded << 1 ^ folded << 3 ^ folded << 4;
  }
}
