package org.tidegate.mpc.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MontgomeryTest {
  private final Random random = new Random(50);

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#montgomery")
  void multipliesAsBigIntegerDoes(Montgomery montgomery) {
    for (int bits : new int[] {2, 61, 98, 99, 1024, 2048, 3072, 4096, 6144, 16384}) {
      for (BigInteger n : moduli(bits)) {
        MontgomeryModulus modulus = new MontgomeryModulus(n, montgomery.lanes());
        BigInteger rInverse = modulus.radix().modInverse(n);
        BigInteger[] x = residues(n, montgomery.lanes());
        BigInteger[] y = residues(n, montgomery.lanes());
        double[] a = load(modulus, x);
        double[] b = load(modulus, y);
        double[] r = garbage(modulus.residue());
        long[] columns = random.longs(modulus.scratch()).toArray();
        montgomery.multiply(r, 0, a, 0, b, 0, modulus, columns);
        for (int lane = 0; lane < x.length; lane++) {
          assertThat(store(modulus, r, lane))
              .isEqualTo(x[lane].multiply(y[lane]).multiply(rInverse).mod(n));
        }
        assertBounds(modulus, r);

        // The result may replace either operand, or both.
        double[] w = a.clone();
        montgomery.multiply(w, 0, w, 0, b, 0, modulus, columns);
        assertThat(w).isEqualTo(r);
        w = b.clone();
        montgomery.multiply(w, 0, a, 0, w, 0, modulus, columns);
        assertThat(w).isEqualTo(r);
        montgomery.multiply(r, 0, a, 0, a, 0, modulus, columns);
        montgomery.multiply(a, 0, a, 0, a, 0, modulus, columns);
        assertThat(a).isEqualTo(r);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#montgomery")
  void staysWithinItsBoundsOverLongChains(Montgomery montgomery) {
    for (int bits : new int[] {98, 3072}) {
      BigInteger n = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      MontgomeryModulus modulus = new MontgomeryModulus(n, montgomery.lanes());
      BigInteger rInverse = modulus.radix().modInverse(n);
      BigInteger[] x = residues(n, montgomery.lanes());
      double[] r = load(modulus, x);
      double[] b = r.clone();
      BigInteger[] expected = x.clone();
      long[] columns = new long[modulus.scratch()];
      for (int i = 0; i < 200; i++) {
        montgomery.multiply(r, 0, r, 0, i % 2 == 0 ? r : b, 0, modulus, columns);
        assertBounds(modulus, r);
        for (int lane = 0; lane < x.length; lane++) {
          BigInteger factor = i % 2 == 0 ? expected[lane] : x[lane];
          expected[lane] = expected[lane].multiply(factor).multiply(rInverse).mod(n);
        }
      }
      for (int lane = 0; lane < x.length; lane++) {
        assertThat(store(modulus, r, lane)).isEqualTo(expected[lane]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#montgomery")
  void multipliesPairsModuloTheSquare(Montgomery montgomery) {
    for (int bits : new int[] {61, 98, 1536, 6144}) {
      for (BigInteger n : moduli(bits)) {
        MontgomeryModulus modulus = new MontgomeryModulus(n, montgomery.lanes());
        BigInteger square = n.multiply(n);
        BigInteger rInverse = modulus.radix().modInverse(square);
        double[] u = load(modulus, residues(n, montgomery.lanes()));
        double[] v = load(modulus, residues(n, montgomery.lanes()));
        double[] g = load(modulus, residues(n, montgomery.lanes()));
        double[] x = u.clone();
        double[] product = garbage(modulus.residue());
        long[] columns = random.longs(modulus.scratch()).toArray();
        for (int i = 0; i < 6; i++) {
          BigInteger[] expected = new BigInteger[montgomery.lanes()];
          for (int lane = 0; lane < expected.length; lane++) {
            expected[lane] =
                pair(modulus, u, v, lane)
                    .multiply(modulus.value(g, 0, lane))
                    .multiply(rInverse)
                    .mod(square);
          }
          montgomery.multiply(product, 0, x, 0, g, 0, modulus, columns);
          montgomery.multiplyPair(u, v, g, modulus, columns);
          assertThat(u).isEqualTo(product);
          assertBounds(modulus, u);
          for (int lane = 0; lane < expected.length; lane++) {
            assertThat(pair(modulus, u, v, lane).mod(square)).isEqualTo(expected[lane]);
            assertThat(modulus.value(v, 0, lane).abs()).isLessThanOrEqualTo(n.add(BigInteger.ONE));
          }
          x = u.clone();
        }
      }
    }
  }

  private static BigInteger pair(MontgomeryModulus modulus, double[] u, double[] v, int lane) {
    return modulus.value(u, 0, lane).add(modulus.value(v, 0, lane).multiply(modulus.value()));
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#montgomery")
  void everyVariantGivesTheLimbsOfTheScalarTwin(Montgomery montgomery) {
    Montgomery twin = new MontgomeryScalar();
    int lanes = montgomery.lanes();
    for (BigInteger n : moduli(1024)) {
      MontgomeryModulus modulus = new MontgomeryModulus(n, lanes);
      MontgomeryModulus one = new MontgomeryModulus(n, 1);
      double[] a = load(modulus, residues(n, lanes));
      double[] b = load(modulus, residues(n, lanes));
      double[] r = garbage(modulus.residue());
      montgomery.multiply(r, 0, a, 0, b, 0, modulus, new long[modulus.scratch()]);
      for (int lane = 0; lane < lanes; lane++) {
        double[] s = garbage(one.residue());
        twin.multiply(
            s, 0, lane(a, lane, lanes), 0, lane(b, lane, lanes), 0, one, new long[one.scratch()]);
        assertThat(lane(r, lane, lanes)).isEqualTo(s);
      }
    }
  }

  @Test
  void refusesModuliItCannotServe() {
    for (BigInteger n :
        new BigInteger[] {
          BigInteger.ONE,
          BigInteger.TEN,
          BigInteger.ONE.negate(),
          BigInteger.ONE.shiftLeft(MontgomeryModulus.CEILING_BITS).add(BigInteger.ONE)
        }) {
      assertThatThrownBy(() -> new MontgomeryModulus(n, 8))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(n.bitLength() + " bits");
    }
    MontgomeryModulus modulus = new MontgomeryModulus(BigInteger.valueOf(65537), 1);
    assertThatThrownBy(() -> modulus.store(new double[modulus.residue()], 0, 0, new byte[2], 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private BigInteger[] moduli(int bits) {
    BigInteger top = BigInteger.ONE.shiftLeft(bits - 1);
    return new BigInteger[] {
      BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE),
      top.add(BigInteger.ONE),
      new BigInteger(bits - 1, random).or(top).setBit(0)
    };
  }

  private BigInteger[] residues(BigInteger n, int lanes) {
    BigInteger[] x = new BigInteger[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      x[lane] =
          switch (random.nextInt(5)) {
            case 0 -> n.subtract(BigInteger.ONE);
            case 1 -> BigInteger.valueOf(random.nextInt(2));
            case 2 -> n.shiftRight(1);
            default -> new BigInteger(n.bitLength() + 8, random).mod(n);
          };
    }
    return x;
  }

  private double[] load(MontgomeryModulus modulus, BigInteger[] x) {
    double[] a = garbage(modulus.residue());
    for (int lane = 0; lane < x.length; lane++) {
      modulus.load(a, 0, lane, x[lane]);
    }
    return a;
  }

  private BigInteger store(MontgomeryModulus modulus, double[] a, int lane) {
    int length = (modulus.value().bitLength() + 7) / 8 + random.nextInt(10);
    byte[] bytes = new byte[length + 2];
    random.nextBytes(bytes);
    modulus.store(a, 0, lane, bytes, 1, length);
    return new BigInteger(1, bytes, 1, length);
  }

  private static void assertBounds(MontgomeryModulus modulus, double[] r) {
    assertThat(Arrays.stream(r)).allMatch(x -> Math.abs(x) <= 0x1p49 + 0x1p9 && x == Math.rint(x));
    int lanes = modulus.residue() / modulus.limbs();
    for (int lane = 0; lane < lanes; lane++) {
      BigInteger value = BigInteger.ZERO;
      for (int i = modulus.limbs() - 1; i >= 0; i--) {
        value = value.shiftLeft(50).add(BigInteger.valueOf((long) r[i * lanes + lane]));
      }
      assertThat(value.abs()).isLessThanOrEqualTo(modulus.value());
    }
  }

  private static double[] lane(double[] a, int lane, int lanes) {
    return IntStream.range(0, a.length / lanes).mapToDouble(i -> a[i * lanes + lane]).toArray();
  }

  private double[] garbage(int length) {
    return random.doubles(length, -0x1p60, 0x1p60).toArray();
  }
}
