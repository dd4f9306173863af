package org.tidegate.mpc.okvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures how often peeling leaves a large 2-core, where that can be measured, and holds it
 * against the formula that gives the parameters. Small cores are left to the dense slots and do not
 * count.
 *
 * <p>The extrapolation is by A. Dembo, A. Montanari, <i>Finite size scaling for the core of large
 * random hypergraphs</i>, Ann. Appl. Probab. 18(5), 2008: near its threshold the chance of a core
 * is that of a normal variable, Q((m/n − e)·s), with s growing as √n. So the bits grow faster than
 * linearly in m, while the formula is linear: it touches the truth near 10 bits and lies below
 * beyond.
 */
@Tag("long")
class OkvsFailureTest {
  private static final int TRIALS = 30_000;
  private static final int WANTED_BITS = 41;

  @ParameterizedTest
  @ValueSource(ints = {256, 1024, 4096})
  void largeCoresAreAsRareAsTheFormulaSays(int n) {
    SplittableRandom random = new SplittableRandom(n);
    // Least squares of the normal deviate over m/n.
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    int points = 0;
    for (int bits = 1; bits <= 9; bits += 2) {
      int m = OkvsParameters.sparseSlots(n, bits);
      int failures = 0;
      for (int trial = 0; trial < TRIALS; trial++) {
        failures += leavesALargeCore(n, m, random) ? 1 : 0;
      }
      // One failure more, for where there are none; 0.8 bits, for what chance does to some 60.
      double measured = -log2((failures + 1.0) / TRIALS);
      assertThat(measured).as("n %d, m %d", n, m).isGreaterThan(bits - 0.8);
      if (failures >= 20) {
        double x = (double) m / n;
        double y = deviate((double) failures / TRIALS);
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
        points++;
      }
    }
    assertThat(points).isGreaterThanOrEqualTo(3);
    double slope = (points * sxy - sx * sy) / (points * sxx - sx * sx);
    double centre = sx / points - sy / points / slope;
    // The threshold of three columns a row is 1.2218.
    assertThat(centre).as("n %d: threshold", n).isBetween(1.20, 1.26);
    assertThat(slope / Math.sqrt(n)).as("n %d: width", n).isBetween(1.0, 1.6);
    double wanted = (double) OkvsParameters.sparseSlots(n, WANTED_BITS) / n;
    assertThat(-log2(upperTail((wanted - centre) * slope)))
        .as("n %d: bits where the formula says %d", n, WANTED_BITS)
        .isGreaterThan(WANTED_BITS);
  }

  private static boolean leavesALargeCore(int n, int m, SplittableRandom random) {
    byte[] hashes = new byte[16 * n];
    random.nextBytes(hashes);
    int[] columns = new int[3 * n];
    for (int i = 0; i < n; i++) {
      KeyRows.columns(hashes, i, m, columns, 3 * i);
    }
    Peeling peeling = new Peeling(n, m);
    peeling.peel(columns, n);
    // Rows that stand twice, and other short cycles, leave cores of a few rows.
    return n - peeling.count > n / 16;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /** The z with Q(z) = p. */
  private static double deviate(double p) {
    double low = -9;
    double high = 9;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (upperTail(middle) > p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Q(z), by Simpson's rule. */
  private static double upperTail(double z) {
    int steps = 4000;
    double step = 20.0 / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double x = z + i * step;
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-x * x / 2);
    }
    return sum * step / 3 / Math.sqrt(2 * Math.PI);
  }
}
