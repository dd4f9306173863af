package org.tidegate.mpc.lpn;

import org.tidegate.mpc.random.SecretRandom;

/**
 * Regular noise: one place in each of t stretches of a vector of N blocks. Where t does not divide
 * N, stretches differ by one.
 *
 * @param length N
 * @param weight t
 */
public record RegularNoise(int length, int weight) {
  private static final int MULTIPLE = 8;
  private static final int MIN_STRETCH = 4;

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if stretches would have fewer than 4 places
   */
  public RegularNoise {
    if (weight < 1 || length / weight < MIN_STRETCH) {
      throw new IllegalArgumentException(
          "%d places in %d blocks leave less than %d blocks for each"
              .formatted(weight, length, MIN_STRETCH));
    }
  }

  /**
   * The noise for a code of rate 1/2: t = κ / −log2(1 − 2d/N), rounded up to a multiple of 8.
   *
   * @param length N
   * @param computationalBits κ
   */
  public static RegularNoise of(LpnCode code, int length, int computationalBits) {
    return new RegularNoise(length, weight(code, computationalBits));
  }

  static int weight(LpnCode code, int computationalBits) {
    double least = computationalBits * Math.log(2) / -Math.log(1 - 2 * code.distance());
    return (int) Math.ceil(least / MULTIPLE) * MULTIPLE;
  }

  /** Where stretch i begins; stretch t begins at N. */
  public int start(int stretch) {
    return (int) ((long) stretch * length / weight);
  }

  /** A place in each stretch, uniform. */
  public int[] places(SecretRandom random) {
    int[] places = new int[weight];
    for (int i = 0; i < weight; i++) {
      places[i] = start(i) + random.nextInt(start(i + 1) - start(i));
    }
    return places;
  }
}
