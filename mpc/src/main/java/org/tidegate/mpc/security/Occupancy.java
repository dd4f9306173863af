package org.tidegate.mpc.security;

/** Balls thrown into bins: how many a bin must hold. */
public final class Occupancy {
  private Occupancy() {}

  /**
   * The least c for which any bin gets more than c of the balls with probability at most 2^−bits,
   * by Chernoff's bound and the sum over the bins.
   *
   * @param items balls, at least 1
   * @param bins at least 1
   */
  public static int most(int items, int bins, int bits) {
    int low = (items - 1) / bins + 1;
    int high = items;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (log2(bins) - tailBits(items, 1.0 / bins, middle + 1) <= -bits) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Chernoff: P[Binomial(n, p) ≥ k] ≤ 2^−(n·D(k/n ‖ p)) for k ≥ np. */
  private static double tailBits(int n, double p, int k) {
    double x = (double) k / n;
    double rest = x < 1 ? (1 - x) * log2((1 - x) / (1 - p)) : 0;
    return n * (x * log2(x / p) + rest);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
