package org.tidegate.mpc.okvs;

import org.tidegate.mpc.security.Occupancy;

/**
 * The shape of a store, from (n, λ) by the formulas of the package.
 *
 * @param items n, the most pairs
 * @param statisticalBits λ: encoding fails with probability at most 2^−λ
 * @param clusters how many clusters
 * @param clusterItems the most rows of a cluster
 * @param sparseSlots m, the sparse columns of a cluster
 * @param denseSlots g, the dense columns of a cluster
 * @param field over which the map is linear
 */
public record OkvsParameters(
    int items,
    int statisticalBits,
    int clusters,
    int clusterItems,
    int sparseSlots,
    int denseSlots,
    StoreField field) {
  /** The most pairs. */
  public static final int MAX_ITEMS = 1 << 28;

  private static final int CLUSTER_ITEMS = 1 << 14;

  // The fit of ePrint 2022/320 for three sparse columns.
  private static final double THRESHOLD = 1.223;
  private static final double OFFSET_BITS = 9.2;
  private static final double SLOPE_LOG2 = 2.336;
  private static final double SLOPE_EXPONENT = 0.555;

  /** Checks the shape. */
  public OkvsParameters {
    if (items < 1 || items > MAX_ITEMS || statisticalBits < 1 || statisticalBits > 128) {
      throw new IllegalArgumentException(
          "a store holds 1 to %d pairs at λ of 1 to 128 bits, not %d at %d"
              .formatted(MAX_ITEMS, items, statisticalBits));
    }
    if (clusters < 1
        || (long) clusters * clusterItems < items
        || sparseSlots < 3
        || denseSlots < 1
        || field == StoreField.GF2 && denseSlots % Byte.SIZE != 0
        || (long) clusters * (sparseSlots + denseSlots) > Integer.MAX_VALUE / 16) {
      throw new IllegalArgumentException("a store has no such shape");
    }
  }

  /**
   * The parameters for n = {@code items} pairs.
   *
   * @param statisticalBits λ, 1 to 128
   */
  public static OkvsParameters of(int items, int statisticalBits, StoreField field) {
    int clusters = Math.max(1, (int) Math.round((double) items / CLUSTER_ITEMS));
    int rows = Occupancy.most(items, clusters, statisticalBits + 1);
    double bits = statisticalBits + 1 + log2(clusters);
    int sparse = sparseSlots(rows, bits);
    int lost = Math.max(1, (int) (bits / log2(sparse)));
    int dense =
        switch (field) {
          case GF128 -> lost;
          case GF2 -> Math.ceilDiv(lost + (int) Math.ceil(bits) + 1, Byte.SIZE) * Byte.SIZE;
        };
    return new OkvsParameters(items, statisticalBits, clusters, rows, sparse, dense, field);
  }

  /** m for so many rows of a cluster and λ' bits. */
  static int sparseSlots(int rows, double bits) {
    double slope = Math.pow(2, SLOPE_LOG2 + SLOPE_EXPONENT * log2(rows));
    return Math.max(3, (int) Math.ceil(rows * (THRESHOLD + (bits + OFFSET_BITS) / slope)));
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /** Bytes of the dense coefficients of a row. */
  int coefficientBytes() {
    return switch (field) {
      case GF128 -> denseSlots * ClusterRows.POLYNOMIAL_BYTES;
      case GF2 -> denseSlots / Byte.SIZE;
    };
  }

  /** Slots of a cluster: m + g. */
  public int clusterSlots() {
    return sparseSlots + denseSlots;
  }

  /** Slots of the vector. */
  public int slots() {
    return clusters * clusterSlots();
  }
}
