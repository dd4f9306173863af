package org.tidegate.mpc.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.mpc.ring.simd.NttLanes256;
import org.tidegate.mpc.ring.simd.NttLanes512;

class NttTest {
  private static final List<Function<NttRoots, Ntt>> VARIANTS =
      List.of(NttScalar::new, NttLanes256::new, NttLanes512::new);

  private final Random random = new Random(1024);

  private static NttRoots roots(int bits, int size) {
    return new NttRoots(Modulus.largest(bits, size, 1).getFirst(), size);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096, 8192, 16384, 32768})
  void allVariantsGiveTheSameNumbers(int size) {
    for (int bits : new int[] {23, 50}) {
      NttRoots roots = roots(bits, size);
      List<Ntt> variants = VARIANTS.stream().map(variant -> variant.apply(roots)).toList();
      for (long[] input : inputs(size, roots.modulus().value())) {
        long[] expected = input.clone();
        variants.getFirst().forward(expected, 1);
        for (Ntt ntt : variants) {
          long[] a = input.clone();
          ntt.forward(a, 1);
          assertThat(a).as("%s of %d bits", ntt.getClass(), bits).isEqualTo(expected);
          ntt.inverse(a, 1);
          assertThat(a).as("%s of %d bits", ntt.getClass(), bits).isEqualTo(input);
        }
      }
    }
  }

  /** Random coefficients, the greatest, none, one; with something on either side. */
  private List<long[]> inputs(int size, long q) {
    long[] greatest = new long[size + 2];
    Arrays.fill(greatest, q - 1);
    long[] alternating = new long[size + 2];
    Arrays.setAll(alternating, i -> i % 2 == 0 ? q / 2 : q / 2 + 1);
    long[] one = new long[size + 2];
    one[size] = 1;
    long[] none = new long[size + 2];
    List<long[]> inputs = new ArrayList<>(List.of(greatest, alternating, one, none));
    for (int i = 0; i < 3; i++) {
      inputs.add(random.longs(size + 2L, 0, q).toArray());
    }
    inputs.forEach(input -> {
      input[0] = -7;
      input[size + 1] = Long.MAX_VALUE;
    });
    return inputs;
  }

  @Test
  void evaluatesAtOddPowersOfTheRootInBitReversedOrder() {
    int size = 1024;
    NttRoots roots = roots(50, size);
    Modulus modulus = roots.modulus();
    long q = modulus.value();
    long[] a = random.longs(size, 0, q).toArray();
    for (Function<NttRoots, Ntt> variant : VARIANTS) {
      long[] values = a.clone();
      variant.apply(roots).forward(values, 0);
      for (int i = 0; i < size; i += 37) {
        // ψ^(2·rev(i)+1); rev(1) = N/2, and power(N/2) = ψ.
        long point = modulus.powerVartime(roots.power(size / 2), 2L * reversed(i, size) + 1);
        long value = 0;
        for (int k = size - 1; k >= 0; k--) {
          value = modulus.add(modulus.multiply(value, point), a[k]);
        }
        assertThat(values[i]).isEqualTo(value);
      }
    }
  }

  private static int reversed(int i, int size) {
    return Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(size) + 1);
  }

  @Test
  void productsOfValuesAreNegacyclicProducts() {
    int size = 1024;
    NttRoots roots = roots(50, size);
    long q = roots.modulus().value();
    long[] a = random.longs(size, 0, q).toArray();
    long[] b = random.longs(size, 0, q).toArray();
    BigInteger[] product = new BigInteger[size];
    Arrays.fill(product, BigInteger.ZERO);
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        BigInteger term = BigInteger.valueOf(a[i]).multiply(BigInteger.valueOf(b[k]));
        int at = (i + k) % size;
        product[at] = i + k < size ? product[at].add(term) : product[at].subtract(term);
      }
    }
    long[] expected =
        Arrays.stream(product).mapToLong(x -> x.mod(BigInteger.valueOf(q)).longValue()).toArray();
    for (Function<NttRoots, Ntt> variant : VARIANTS) {
      Ntt ntt = variant.apply(roots);
      long[] x = a.clone();
      long[] y = b.clone();
      ntt.forward(x, 0);
      ntt.forward(y, 0);
      // The result is an operand.
      ntt.multiply(y, x, y, 0, size);
      ntt.inverse(y, 0);
      assertThat(y).as("%s", ntt.getClass()).isEqualTo(expected);
    }
  }

  @Test
  void multipliesARangeAndNothingElse() {
    NttRoots roots = roots(50, 1024);
    long q = roots.modulus().value();
    long[] a = random.longs(100, 0, q).toArray();
    long[] b = random.longs(100, 0, q).toArray();
    a[10] = q - 1;
    b[10] = q - 1;
    long[] before = random.longs(100).toArray();
    for (Function<NttRoots, Ntt> variant : VARIANTS) {
      long[] r = before.clone();
      variant.apply(roots).multiply(r, a, b, 3, 90);
      for (int i = 0; i < 100; i++) {
        BigInteger product = BigInteger.valueOf(a[i]).multiply(BigInteger.valueOf(b[i]));
        long expected =
            i < 3 || i >= 90 ? before[i] : product.mod(BigInteger.valueOf(q)).longValue();
        assertThat(r[i]).isEqualTo(expected);
      }
    }
  }

  @Test
  void threadsShareATransform() {
    NttRoots roots = roots(50, 2048);
    Ntt ntt = new NttLanes512(roots);
    long[] input = random.longs(2048, 0, roots.modulus().value()).toArray();
    long[] expected = input.clone();
    new NttScalar(roots).forward(expected, 0);
    List<long[]> results =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> {
              long[] a = input.clone();
              ntt.forward(a, 0);
              return a;
            })
            .toList();
    assertThat(results).allSatisfy(result -> assertThat(result).isEqualTo(expected));
  }

  @Test
  void refusesSizesAndPrimesThatDoNotFit() {
    assertThatThrownBy(() -> Modulus.largest(50, 1000, 1))
        .hasMessage("a transform has a power of two from 1024 to 32768 points, not 1000");
    Modulus modulus = Modulus.largest(50, 1024, 2).getLast();
    assertThatThrownBy(() -> new NttRoots(modulus, 32768))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no root of unity of order 65536");
  }
}
