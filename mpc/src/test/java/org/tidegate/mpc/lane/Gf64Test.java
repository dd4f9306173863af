package org.tidegate.mpc.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.lane.simd.Gf64Lanes256;
import org.tidegate.mpc.lane.simd.Gf64Lanes512;

class Gf64Test {
  private final Random random = new Random(64);

  static Stream<Gf64> variants() {
    return Stream.of(new Gf64Scalar(), new Gf64Lanes256(), new Gf64Lanes512());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void multipliesAndSums(Gf64 field) {
    for (int to : new int[] {0, 1, 127, 128, 129, 400}) {
      int from = to > 1 ? 1 : 0;
      long[] a = elements(to);
      long[] b = elements(to);
      long[] expected = random.longs(to + 1L).toArray();
      long[] r = expected.clone();
      long sum = 0;
      for (int i = from; i < to; i++) {
        expected[i] = product(a[i], b[i]);
        sum ^= expected[i];
      }
      field.multiply(r, a, b, from, to);
      assertThat(r).isEqualTo(expected);
      assertThat(field.innerProduct(a, b, from, to)).isEqualTo(sum);

      // The result may be an operand.
      field.multiply(b, a, b, from, to);
      assertThat(Arrays.copyOfRange(b, from, to)).isEqualTo(Arrays.copyOfRange(r, from, to));
    }
  }

  /** Many all ones, zeros and single bits. */
  private long[] elements(int count) {
    return random
        .ints(count, 0, 8)
        .mapToLong(kind ->
            switch (kind) {
              case 0, 1 -> -1;
              case 2 -> 0;
              case 3 -> 1L << random.nextInt(64);
              default -> random.nextLong();
            })
        .toArray();
  }

  /** By Horner's rule: multiply by x, reduce, add. */
  private static long product(long a, long b) {
    long product = 0;
    for (int i = 63; i >= 0; i--) {
      product = product << 1 ^ (product < 0 ? 0x1b : 0);
      if ((b >>> i & 1) == 1) {
        product ^= a;
      }
    }
    return product;
  }
}
