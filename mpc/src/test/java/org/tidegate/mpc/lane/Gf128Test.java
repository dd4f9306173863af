package org.tidegate.mpc.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.lane.simd.Gf128Lanes256;
import org.tidegate.mpc.lane.simd.Gf128Lanes512;

class Gf128Test {
  private static final BigInteger POLYNOMIAL =
      BigInteger.ONE.shiftLeft(128).add(BigInteger.valueOf(0x87));

  private final Random random = new Random(128);

  static Stream<Gf128> variants() {
    return Stream.of(new Gf128Scalar(), new Gf128Lanes256(), new Gf128Lanes512());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void multipliesPolynomials(Gf128 field) {
    for (int to : new int[] {1, 63, 64, 65, 200}) {
      int from = to > 1 ? 1 : 0;
      long[] al = elements(to);
      long[] ah = elements(to);
      long[] bl = elements(to);
      long[] bh = elements(to);
      long[] rl = random.longs(to + 1L).toArray();
      long[] rh = random.longs(to + 1L).toArray();
      long[] rlBefore = rl.clone();
      field.multiply(rl, rh, al, ah, bl, bh, from, to);
      for (int i = from; i < to; i++) {
        BigInteger product = product(value(al[i], ah[i]), value(bl[i], bh[i]));
        assertThat(value(rl[i], rh[i])).as("element %d", i).isEqualTo(product);
      }
      // Nothing else is touched.
      assertThat(rl[to]).isEqualTo(rlBefore[to]);
      assertThat(Arrays.copyOf(rl, from)).isEqualTo(Arrays.copyOf(rlBefore, from));

      // The result may be an operand.
      field.multiply(al, ah, al, ah, bl, bh, from, to);
      assertThat(Arrays.copyOfRange(al, from, to)).isEqualTo(Arrays.copyOfRange(rl, from, to));
      assertThat(Arrays.copyOfRange(ah, from, to)).isEqualTo(Arrays.copyOfRange(rh, from, to));
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void sumsProducts(Gf128 field) {
    for (int to : new int[] {0, 1, 63, 64, 65, 200}) {
      int from = to > 1 ? 1 : 0;
      long[] al = elements(to);
      long[] ah = elements(to);
      long[] bl = elements(to);
      long[] bh = elements(to);
      BigInteger expected = BigInteger.ZERO;
      for (int i = from; i < to; i++) {
        expected = expected.xor(product(value(al[i], ah[i]), value(bl[i], bh[i])));
      }
      long[] sum = {-1, -1};
      field.innerProduct(sum, al, ah, bl, bh, from, to);
      assertThat(value(sum[0], sum[1])).as("up to %d", to).isEqualTo(expected);
    }
  }

  /** A quarter all ones, a quarter single bits. */
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

  private static BigInteger value(long low, long high) {
    BigInteger mask = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    return BigInteger.valueOf(high).and(mask).shiftLeft(64).or(BigInteger.valueOf(low).and(mask));
  }

  private static BigInteger product(BigInteger a, BigInteger b) {
    BigInteger product = BigInteger.ZERO;
    for (int i = 0; i < 128; i++) {
      if (b.testBit(i)) {
        product = product.xor(a.shiftLeft(i));
      }
    }
    for (int i = 255; i >= 128; i--) {
      if (product.testBit(i)) {
        product = product.xor(POLYNOMIAL.shiftLeft(i - 128));
      }
    }
    return product;
  }
}
