package org.tidegate.mpc.lane;

/**
 * One lane of {@link Field25519}: the same arithmetic in plain Java, the reference of the vector
 * versions.
 *
 * <p>It exists to define results, not to be fast: where there is no Vector API, curves run on
 * 64-bit integers instead.
 */
public final class Field25519Scalar implements Field25519 {
  /** Splits off multiples of 2^51; see the package's documentation. */
  private static final double SPLIT = 0x1.8p103;

  private static final double UNIT = 0x1.8p52;
  private static final double SPLIT_UNIT = SPLIT + UNIT;
  private static final long SPLIT_BITS = Double.doubleToRawLongBits(SPLIT);
  private static final long UNIT_BITS = Double.doubleToRawLongBits(UNIT);
  private static final long LIMB = (1L << 51) - 1;
  private static final double HALF = 0x1p50;
  private static final double PER_LIMB = 0x1p-51;

  @Override
  public int lanes() {
    return 1;
  }

  /**
   * Schoolbook columns, folded by 2^255 = 19, then one carry.
   *
   * <p>Bounds. A product of limbs is at most 3·r² &lt; 2^102, so its split is exact, with |hi| &lt;
   * 3·2^49 + 2^12 and |lo| ≤ 2^50. The folded column 0 has one lo of its own and 19 times four lo
   * and five hi: below 19·(4 + 7.5)·2^50 + 2^50 &lt; 2^58, the others are smaller. So sums fit 64
   * bits, carries are below 2^7 + 1, and the carry out of column 4 (five lo, four hi, and 19 times
   * one hi: below 40·2^50) is at most 20. The new limbs are at most 2^50 + max(19·20, 2^7 + 1) &lt;
   * 2^50 + 2^9: tight.
   */
  @Override
  public void multiply(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    assert Limbs25519.product(a, ao, b, bo, 1, 3);
    long[] columns = new long[2 * LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      for (int j = 0; j < LIMBS; j++) {
        double h = Math.fma(a[ao + i], b[bo + j], SPLIT);
        double l = Math.fma(a[ao + i], b[bo + j], SPLIT_UNIT - h);
        columns[i + j] += Double.doubleToRawLongBits(l) - UNIT_BITS;
        columns[i + j + 1] += Double.doubleToRawLongBits(h) - SPLIT_BITS;
      }
    }
    long[] carries = new long[LIMBS];
    for (int k = 0; k < LIMBS; k++) {
      columns[k] += 19 * columns[k + LIMBS] + (1L << 50);
      carries[k] = columns[k] >> 51;
    }
    for (int k = 0; k < LIMBS; k++) {
      long carry = k == 0 ? 19 * carries[LIMBS - 1] : carries[k - 1];
      r[ro + k] = (columns[k] & LIMB) + carry - HALF;
    }
  }

  @Override
  public void square(double[] r, int ro, double[] a, int ao) {
    multiply(r, ro, a, ao, a, ao);
  }

  @Override
  public void add(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    for (int k = 0; k < LIMBS; k++) {
      r[ro + k] = a[ao + k] + b[bo + k];
    }
  }

  @Override
  public void subtract(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    for (int k = 0; k < LIMBS; k++) {
      r[ro + k] = a[ao + k] - b[bo + k];
    }
  }

  @Override
  public void addTight(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    add(r, ro, a, ao, b, bo);
    carry(r, ro);
  }

  @Override
  public void subtractTight(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    subtract(r, ro, a, ao, b, bo);
    carry(r, ro);
  }

  @Override
  public void addTwiceTight(double[] r, int ro, double[] a, int ao, double[] b, int bo) {
    for (int k = 0; k < LIMBS; k++) {
      r[ro + k] = a[ao + k] + (b[bo + k] + b[bo + k]);
    }
    carry(r, ro);
  }

  @Override
  public void sumAndDifference(double[] w, int s, int d, int a, int b) {
    for (int k = 0; k < LIMBS; k++) {
      double x = w[a + k];
      double y = w[b + k];
      w[s + k] = x + y;
      w[d + k] = x - y;
    }
  }

  @Override
  public void sumAndDifferenceTight(double[] w, int s, int d, int a, int b) {
    sumAndDifference(w, s, d, a, b);
    carry(w, s);
    carry(w, d);
  }

  /**
   * Splits k·b<sub>i</sub> as in a product: hi is below 2^19, and a<sub>i</sub> + lo + the hi of
   * the limb below stays under 2^52.
   */
  @Override
  public void addMultiple(double[] r, int ro, double[] a, int ao, double[] b, int bo, int k) {
    double below = 0;
    for (int i = 0; i < LIMBS; i++) {
      double h = Math.fma(b[bo + i], k, SPLIT) - SPLIT;
      r[ro + i] = Math.fma(b[bo + i], k, -h) + a[ao + i] + below;
      below = h * PER_LIMB;
    }
    r[ro] += 19 * below;
    carry(r, ro);
  }

  /** Carries limbs of width at most 4 in floating point: every step is exact below 2^53. */
  private static void carry(double[] r, int ro) {
    double below = 0;
    for (int k = 0; k < LIMBS; k++) {
      double h = r[ro + k] + SPLIT - SPLIT;
      r[ro + k] = r[ro + k] - h + below;
      below = h * PER_LIMB;
    }
    r[ro] += 19 * below;
  }

  @Override
  public void swap(double[] a, int ao, double[] b, int bo, double[] bits) {
    for (int k = 0; k < LIMBS; k++) {
      double d = bits[0] * (b[bo + k] - a[ao + k]);
      a[ao + k] += d;
      b[bo + k] -= d;
    }
  }

  @Override
  public void select(double[] r, int ro, double[] a, int ao, double[] b, int bo, double[] bits) {
    for (int k = 0; k < LIMBS; k++) {
      r[ro + k] = Math.fma(bits[0], b[bo + k] - a[ao + k], a[ao + k]);
    }
  }

  @Override
  public void lookUp(double[] r, int ro, double[] table, int to, int slots, double[] weights) {
    int limbs = slots * LIMBS;
    for (int k = 0; k < limbs; k++) {
      double sum = 0;
      for (int j = 0; j < ENTRIES; j++) {
        sum = Math.fma(weights[j], table[to + j * limbs + k], sum);
      }
      r[ro + k] = sum;
    }
  }

  @Override
  public void lookUpEach(double[] r, int ro, double[] table, int to, int slots, double[] index) {
    int limbs = slots * LIMBS;
    for (int k = 0; k < limbs; k++) {
      double sum = 0;
      for (int j = 0; j < ENTRIES; j++) {
        // 1 for the entry, 0 for the others: neither branches nor reads elsewhere.
        int weight = ((int) index[0] ^ j) - 1 >>> 31;
        sum = Math.fma(weight, table[to + j * limbs + k], sum);
      }
      r[ro + k] = sum;
    }
  }
}
