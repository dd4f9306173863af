package org.tidegate.mpc.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrimeFieldTest {
  private static final int ROUNDS = 300;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final Random random = new Random(256);

  /** An operation on slots 0..3 (a, b, c, e) of an array into another slot of it. */
  private interface Operation {
    void run(PrimeField field, double[] w, int r, int a, int b, int c, int e);
  }

  /** The same on integers; products are divided by R. */
  private interface Expected {
    BigInteger of(Products m, BigInteger a, BigInteger b, BigInteger c, BigInteger e);
  }

  private interface Products {
    BigInteger of(BigInteger x, BigInteger y);
  }

  private record Case(String name, Operation operation, Expected expected) {}

  private static final List<Case> CASES =
      List.of(
          new Case(
              "multiply",
              (f, w, r, a, b, c, e) -> f.multiply(w, r, w, a, w, b),
              (m, a, b, c, e) -> m.of(a, b)),
          new Case(
              "multiplyTwice",
              (f, w, r, a, b, c, e) -> f.multiplyTwice(w, r, w, a, w, b),
              (m, a, b, c, e) -> m.of(a, b).shiftLeft(1)),
          new Case(
              "multiplyMinus",
              (f, w, r, a, b, c, e) -> f.multiplyMinus(w, r, w, a, w, b, w, c),
              (m, a, b, c, e) -> m.of(a, b).subtract(c)),
          new Case(
              "multiplyMinusProduct",
              (f, w, r, a, b, c, e) -> f.multiplyMinusProduct(w, r, w, a, w, b, w, c, w, e),
              (m, a, b, c, e) -> m.of(a, b).subtract(m.of(c, e))),
          new Case(
              "square",
              (f, w, r, a, b, c, e) -> f.square(w, r, w, a),
              (m, a, b, c, e) -> m.of(a, a)),
          new Case(
              "multiplyMinusProductTwice",
              (f, w, r, a, b, c, e) -> f.multiplyMinusProductTwice(w, r, w, a, w, b, w, c, w, e),
              (m, a, b, c, e) -> m.of(a, b).subtract(m.of(c, e)).shiftLeft(1)),
          new Case(
              "squareFourfold",
              (f, w, r, a, b, c, e) -> f.squareFourfold(w, r, w, a),
              (m, a, b, c, e) -> m.of(a, a).shiftLeft(2)),
          new Case(
              "subtractTwice",
              (f, w, r, a, b, c, e) -> f.subtractTwice(w, r, w, a, w, b),
              (m, a, b, c, e) -> a.subtract(b).shiftLeft(1)),
          new Case(
              "squareMinusTwice",
              (f, w, r, a, b, c, e) -> f.squareMinusTwice(w, r, w, a, w, c),
              (m, a, b, c, e) -> m.of(a, a).subtract(c.shiftLeft(1))),
          new Case(
              "squareMinus",
              (f, w, r, a, b, c, e) -> f.squareMinus(w, r, w, a, w, c, w, e),
              (m, a, b, c, e) -> m.of(a, a).subtract(c).subtract(e.shiftLeft(1))),
          new Case(
              "squaresThrice",
              (f, w, r, a, b, c, e) -> f.squaresThrice(w, r, w, a, w, b),
              (m, a, b, c, e) -> m.of(a, a).subtract(m.of(b, b)).multiply(THREE)),
          new Case(
              "add", (f, w, r, a, b, c, e) -> f.add(w, r, w, a, w, b), (m, a, b, c, e) -> a.add(b)),
          new Case(
              "subtract",
              (f, w, r, a, b, c, e) -> f.subtract(w, r, w, a, w, b),
              (m, a, b, c, e) -> a.subtract(b)));

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#primeFields")
  void operationsAreThoseOfBigInteger(PrimeField field) {
    BigInteger p = field.prime().modulus();
    BigInteger inverse = SparsePrime.radix().modInverse(p);
    int slot = field.slot();
    for (int round = 0; round < ROUNDS; round++) {
      double[] w = garbage(5 * slot);
      for (int k = 0; k < 4; k++) {
        operand(field, w, k * slot);
      }
      for (Case one : CASES) {
        one.operation.run(field, w, 4 * slot, 0, slot, 2 * slot, 3 * slot);
        for (int lane = 0; lane < field.lanes(); lane++) {
          BigInteger expected =
              one.expected.of(
                  (x, y) -> x.multiply(y).multiply(inverse),
                  value(field, w, 0, lane),
                  value(field, w, slot, lane),
                  value(field, w, 2 * slot, lane),
                  value(field, w, 3 * slot, lane));
          assertThat(value(field, w, 4 * slot, lane).mod(p))
              .as(one.name)
              .isEqualTo(expected.mod(p));
        }
        assertThat(PrimeLimbs.bounded(w, 4 * slot, field.lanes())).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#primeFields")
  void everyVariantGivesTheLimbsOfTheScalarTwinInAnyPlace(PrimeField field) {
    PrimeField twin = new PrimeFieldScalar(field.prime());
    int slot = field.slot();
    int lanes = field.lanes();
    for (int round = 0; round < ROUNDS; round++) {
      double[] w = garbage(5 * slot);
      for (int k = 0; k < 4; k++) {
        operand(field, w, k * slot);
      }
      for (Case one : CASES) {
        // Into a slot of its own, and over each operand.
        for (int place = 0; place < 5; place++) {
          double[] x = w.clone();
          one.operation.run(field, x, place * slot, 0, slot, 2 * slot, 3 * slot);
          for (int lane = 0; lane < lanes; lane++) {
            double[] y = garbage(5 * PrimeField.LIMBS);
            for (int i = 0; i < 4 * PrimeField.LIMBS; i++) {
              y[i] = w[i * lanes + lane];
            }
            one.operation.run(twin, y, 20, 0, 5, 10, 15);
            for (int i = 0; i < PrimeField.LIMBS; i++) {
              assertThat(x[place * slot + i * lanes + lane]).as(one.name).isEqualTo(y[20 + i]);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#primeFields")
  void choicesTakeWholeLanes(PrimeField field) {
    int slot = field.slot();
    int lanes = field.lanes();
    double[] table = new double[PrimeField.ENTRIES * 2 * slot];
    for (int i = 0; i < 2 * PrimeField.ENTRIES; i++) {
      operand(field, table, i * slot);
    }
    for (int j = 0; j < PrimeField.ENTRIES; j++) {
      double[] weights = new double[PrimeField.ENTRIES];
      double[] r = garbage(2 * slot);
      weights[j] = j % 2 == 0 ? 1 : -1;
      field.lookUp(r, 0, table, 0, 2, weights);
      for (int i = 0; i < 2 * slot; i++) {
        assertThat(r[i] - weights[j] * table[2 * j * slot + i]).isZero();
      }
      double[] bits = new double[lanes];
      Arrays.setAll(bits, k -> random.nextInt(2));
      field.select(r, 0, table, 0, table, slot, bits);
      for (int i = 0; i < slot; i++) {
        assertThat(r[i]).isEqualTo(bits[i % lanes] == 0 ? table[i] : table[slot + i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SparsePrime.class)
  void bytesComeBackReduced(SparsePrime prime) {
    BigInteger p = prime.modulus();
    PrimeLimbs limbs = new PrimeLimbs(prime, 4);
    BigInteger all = BigInteger.ONE.shiftLeft(256);
    for (int round = 0; round < ROUNDS; round++) {
      BigInteger x =
          switch (round) {
            case 0 -> BigInteger.ZERO;
            case 1 -> p.subtract(BigInteger.ONE);
            case 2 -> p;
            case 3 -> all.subtract(BigInteger.ONE);
            case 4 -> p.add(BigInteger.ONE);
            case 5 -> p.shiftRight(1);
            case 6 -> BigInteger.ONE.shiftLeft(255);
            default -> new BigInteger(256, random);
          };
      byte[] in = new byte[33];
      for (int i = 0; i < 32; i++) {
        in[32 - i] = x.shiftRight(8 * i).byteValue();
      }
      double[] a = garbage(4 * PrimeField.LIMBS);
      assertThat(limbs.load(a, 0, 2, in, 1)).isEqualTo(x.compareTo(p) < 0 ? 1 : 0);
      byte[] out = new byte[33];
      limbs.store(a, 0, 2, out, 1);
      assertThat(new BigInteger(1, out)).isEqualTo(x.mod(p));
      limbs.broadcast(a, 0, x.mod(p));
      double[] bits = new double[4];
      limbs.odd(bits, a, 0);
      assertThat(bits).containsOnly(x.mod(p).testBit(0) ? 1 : 0);
      limbs.zero(bits, a, 0);
      assertThat(bits).containsOnly(x.mod(p).signum() == 0 ? 1 : 0);
    }
  }

  /** Random limbs, or all of them as large as they may be. */
  private void operand(PrimeField field, double[] w, int offset) {
    int lanes = field.lanes();
    for (int lane = 0; lane < lanes; lane++) {
      int kind = random.nextInt(6);
      for (int i = 0; i < PrimeField.LIMBS; i++) {
        double most = i < PrimeField.LIMBS - 1 ? 0x1p50 : 0x1p51;
        w[offset + i * lanes + lane] =
            switch (kind) {
              case 0 -> most;
              case 1 -> -most;
              case 2 -> random.nextBoolean() ? most : -most;
              case 3 -> random.nextInt(3) - 1;
              default -> Math.rint((2 * random.nextDouble() - 1) * most);
            };
      }
    }
  }

  private double[] garbage(int length) {
    double[] garbage = new double[length];
    Arrays.setAll(garbage, i -> random.nextGaussian() * 0x1p60);
    return garbage;
  }

  private static BigInteger value(PrimeField field, double[] w, int offset, int lane) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = PrimeField.LIMBS - 1; i >= 0; i--) {
      long limb = (long) w[offset + i * field.lanes() + lane];
      sum = sum.shiftLeft(51).add(BigInteger.valueOf(limb));
    }
    return sum;
  }
}
