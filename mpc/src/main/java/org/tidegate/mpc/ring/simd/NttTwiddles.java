package org.tidegate.mpc.ring.simd;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** Powers of the root as doubles w in (−q/2, q/2), each beside w/q, in the order of their use. */
final class NttTwiddles {
  /** For stages at distances of a pair of vectors or more: by the root's number. */
  final double[] w;

  final double[] wq;

  /** For the stages inside pairs of vectors: by pair, by stage in order of use, W of w. */
  final double[] inner;

  NttTwiddles(long q, int size, int lanes, boolean falling, IntToLongFunction root) {
    int pairs = size / (2 * lanes);
    int stages = Integer.numberOfTrailingZeros(2 * lanes);
    w = new double[pairs];
    wq = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      w[i] = centred(root.applyAsLong(i), q);
      wq[i] = w[i] / q;
    }
    inner = new double[pairs * stages * lanes];
    // Which element of a pair of vectors stands where, before each stage.
    int[] places = new int[2 * lanes];
    Arrays.setAll(places, i -> i);
    for (int stage = 0; stage < stages; stage++) {
      int distance = lanes >> stage;
      for (int pair = 0; pair < pairs; pair++) {
        int at = (pair * stages + (falling ? stage : stages - 1 - stage)) * lanes;
        for (int lane = 0; lane < lanes; lane++) {
          int group = pair * (lanes / distance) + places[lane] / (2 * distance);
          inner[at + lane] = centred(root.applyAsLong(size / (2 * distance) + group), q);
        }
      }
      places = zip(places);
    }
  }

  private static int[] zip(int[] places) {
    int[] zipped = new int[places.length];
    for (int i = 0; i < zipped.length; i++) {
      zipped[i] = places[i / 2 + i % 2 * (places.length / 2)];
    }
    return zipped;
  }

  static double centred(long x, long q) {
    return x > q / 2 ? x - q : x;
  }
}
