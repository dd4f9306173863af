package org.tidegate.mpc.bigint.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.bigint.SquareModulusKernel.FixedBase;
import org.tidegate.mpc.bigint.SquareModulusKernel.Products;
import org.tidegate.mpc.lane.Montgomery;
import org.tidegate.mpc.lane.MontgomeryScalar;
import org.tidegate.mpc.lane.simd.Montgomery512;

class SquareModulusLanesTest {
  private final Random random = new Random(3072);

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#montgomery")
  void raisesAFixedBase(Montgomery montgomery) {
    SquareModulusLanes kernel = new SquareModulusLanes(montgomery);
    for (int rootBits : new int[] {31, 130, 300}) {
      BigInteger root = odd(rootBits);
      BigInteger n = root.multiply(root);
      BigInteger base = unit(n);
      int width = (n.bitLength() + 7) / 8;
      int exponentBits = rootBits + 5;
      int exponentBytes = (exponentBits + 7) / 8 + 1;
      for (int expected : new int[] {0, 10, 100_000}) {
        FixedBase powers = kernel.fixedBase(root, base, exponentBits, expected);
        for (int count : new int[] {1, 8, 11}) {
          byte[] exponents = new byte[3 + count * exponentBytes];
          BigInteger[] e = new BigInteger[count];
          for (int i = 0; i < count; i++) {
            e[i] =
                switch (i) {
                  case 0 -> BigInteger.ONE.shiftLeft(exponentBits).subtract(BigInteger.ONE);
                  case 1 -> BigInteger.ZERO;
                  case 2 -> BigInteger.ONE.shiftLeft(exponentBits - 1);
                  default -> new BigInteger(exponentBits, random);
                };
            put(e[i], exponents, 3 + i * exponentBytes, exponentBytes);
          }
          byte[] out = new byte[2 + count * width];
          random.nextBytes(out);
          powers.powersVartime(exponents, 3, exponentBytes, out, 2, width, count);
          for (int i = 0; i < count; i++) {
            assertThat(new BigInteger(1, out, 2 + i * width, width))
                .isEqualTo(base.modPow(e[i], n));
          }
        }
      }
    }
  }

  @Test
  void refusesAnExponentThatIsTooLong() {
    FixedBase powers =
        new SquareModulusLanes(new MontgomeryScalar())
            .fixedBase(BigInteger.valueOf(1000003), BigInteger.TWO, 12, 1);
    byte[] out = new byte[5];
    powers.powersVartime(new byte[] {0, 0x0f, (byte) 0xff}, 0, 3, out, 0, 5, 1);
    assertThat(new BigInteger(1, out))
        .isEqualTo(
            BigInteger.TWO.modPow(
                BigInteger.valueOf(4095), BigInteger.valueOf(1000003L * 1000003L)));
    assertThatThrownBy(() -> powers.powersVartime(new byte[] {0, 0x10, 0}, 0, 3, out, 0, 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12 bits");
  }

  @Test
  void refusesABaseThatSharesAFactor() {
    assertThatThrownBy(() ->
            new SquareModulusLanes(new MontgomeryScalar())
                .fixedBase(BigInteger.valueOf(105), BigInteger.valueOf(21), 12, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("factor in common");
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#montgomery")
  void multipliesChosenRows(Montgomery montgomery) {
    BigInteger root = odd(521);
    BigInteger n = root.multiply(root);
    Products products = new SquareModulusLanes(montgomery).products(root);
    int width = (n.bitLength() + 7) / 8;
    int stride = width + 7;
    int rows = 40;
    byte[] residues = new byte[5 + rows * stride];
    random.nextBytes(residues);
    BigInteger[] x = new BigInteger[rows];
    for (int i = 0; i < rows; i++) {
      x[i] = i == 0 ? n.subtract(BigInteger.ONE) : new BigInteger(1100, random).mod(n);
      put(x[i], residues, 5 + i * stride, width);
    }
    int[] chosen = IntStream.range(0, 60).map(i -> random.nextInt(rows)).toArray();
    for (int to : new int[] {3, 4, 10, 11, 12, 60}) {
      BigInteger expected =
          Arrays.stream(chosen, 3, to)
              .mapToObj(row -> x[row])
              .reduce(BigInteger.ONE, (p, q) -> p.multiply(q).mod(n));
      assertThat(products.product(residues, 5, stride, width, chosen, 3, to)).isEqualTo(expected);
    }
  }

  @Test
  void threadsDoNotShow() {
    BigInteger root = odd(512);
    FixedBase powers =
        new SquareModulusLanes(new Montgomery512())
            .fixedBase(root, BigInteger.valueOf(7), 128, 100);
    byte[] exponents = new byte[64 * 16];
    random.nextBytes(exponents);
    byte[] whole = new byte[64 * 128];
    powers.powersVartime(exponents, 0, 16, whole, 0, 128, 64);
    for (int threads : new int[] {2, 8}) {
      byte[] parts = new byte[whole.length];
      int each = 64 / threads;
      IntStream.range(0, threads)
          .parallel()
          .forEach(t ->
              powers.powersVartime(exponents, t * each * 16, 16, parts, t * each * 128, 128, each));
      assertThat(parts).isEqualTo(whole);
    }
  }

  private BigInteger unit(BigInteger n) {
    BigInteger x = new BigInteger(n.bitLength(), random).mod(n);
    return x.gcd(n).equals(BigInteger.ONE) ? x : unit(n);
  }

  private BigInteger odd(int bits) {
    return new BigInteger(bits, random).setBit(bits - 1).setBit(0);
  }

  private static void put(BigInteger value, byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      bytes[offset + length - 1 - i] = value.shiftRight(8 * i).byteValue();
    }
  }
}
