package org.tidegate.mpc.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Field25519Test {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final double TIGHT = 0x1p50 + 0x1p9;
  private static final int ROUNDS = 300;

  private final Random random = new Random(25519);

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void productsAndSquaresAreThoseOfBigInteger(Field25519 field) {
    for (int round = 0; round < ROUNDS; round++) {
      double[] a = operand(field, 1 + round % 3);
      double[] b = operand(field, 1);
      double[] r = garbage(field.slot());
      field.multiply(r, 0, a, 0, b, 0);
      double[] s = garbage(field.slot());
      field.square(s, 0, b, 0);
      for (int lane = 0; lane < field.lanes(); lane++) {
        BigInteger x = value(a, lane, field.lanes());
        BigInteger y = value(b, lane, field.lanes());
        assertThat(value(r, lane, field.lanes()).mod(P)).isEqualTo(x.multiply(y).mod(P));
        assertThat(value(s, lane, field.lanes()).mod(P)).isEqualTo(y.multiply(y).mod(P));
      }
      assertTight(r);
      assertTight(s);
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void sumsAndDifferencesAreThoseOfBigInteger(Field25519 field) {
    for (int round = 0; round < ROUNDS; round++) {
      double[] a = operand(field, 2);
      double[] b = operand(field, 2);
      int k = round % 2 == 0 ? 121665 : random.nextInt(1 << 17);
      double[][] r = new double[6][];
      Arrays.setAll(r, i -> garbage(field.slot()));
      field.add(r[0], 0, a, 0, b, 0);
      field.subtract(r[1], 0, a, 0, b, 0);
      field.addTight(r[2], 0, a, 0, b, 0);
      field.subtractTight(r[3], 0, a, 0, b, 0);
      field.addMultiple(r[4], 0, a, 0, b, 0, k);
      double[] half = operand(field, 1);
      field.addTwiceTight(r[5], 0, a, 0, half, 0);
      for (int lane = 0; lane < field.lanes(); lane++) {
        BigInteger x = value(a, lane, field.lanes());
        BigInteger y = value(b, lane, field.lanes());
        assertThat(value(r[0], lane, field.lanes())).isEqualTo(x.add(y));
        assertThat(value(r[1], lane, field.lanes())).isEqualTo(x.subtract(y));
        assertThat(value(r[2], lane, field.lanes()).mod(P)).isEqualTo(x.add(y).mod(P));
        assertThat(value(r[3], lane, field.lanes()).mod(P)).isEqualTo(x.subtract(y).mod(P));
        assertThat(value(r[4], lane, field.lanes()).mod(P))
            .isEqualTo(x.add(y.multiply(BigInteger.valueOf(k))).mod(P));
        BigInteger z = value(half, lane, field.lanes());
        assertThat(value(r[5], lane, field.lanes()).mod(P)).isEqualTo(x.add(z).add(z).mod(P));
      }
      assertTight(r[2]);
      assertTight(r[3]);
      assertTight(r[4]);
      assertTight(r[5]);
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void sumsAndDifferencesComeTogetherInAnyPlace(Field25519 field) {
    int slot = field.slot();
    for (int round = 0; round < ROUNDS; round++) {
      double[] a = operand(field, 2);
      double[] b = operand(field, 2);
      double[][] expected = new double[4][];
      Arrays.setAll(expected, i -> garbage(slot));
      field.add(expected[0], 0, a, 0, b, 0);
      field.subtract(expected[1], 0, a, 0, b, 0);
      field.addTight(expected[2], 0, a, 0, b, 0);
      field.subtractTight(expected[3], 0, a, 0, b, 0);
      int[][] places = {{2, 3}, {0, 1}, {1, 0}, {0, 2}, {3, 1}};
      for (int[] place : places) {
        double[] w = garbage(4 * slot);
        System.arraycopy(a, 0, w, 0, slot);
        System.arraycopy(b, 0, w, slot, slot);
        double[] tight = w.clone();
        field.sumAndDifference(w, place[0] * slot, place[1] * slot, 0, slot);
        field.sumAndDifferenceTight(tight, place[0] * slot, place[1] * slot, 0, slot);
        for (int i = 0; i < 2; i++) {
          int from = place[i] * slot;
          assertThat(Arrays.copyOfRange(w, from, from + slot)).isEqualTo(expected[i]);
          assertThat(Arrays.copyOfRange(tight, from, from + slot)).isEqualTo(expected[2 + i]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void resultsMayReplaceOperands(Field25519 field) {
    int slot = field.slot();
    for (int round = 0; round < ROUNDS; round++) {
      double[] a = operand(field, 1);
      double[] b = operand(field, 1);
      double[] expected = garbage(slot);
      double[] both = Arrays.copyOf(a, 2 * slot);
      System.arraycopy(b, 0, both, slot, slot);

      field.multiply(expected, 0, a, 0, b, 0);
      double[] w = both.clone();
      field.multiply(w, 0, w, 0, w, slot);
      assertThat(Arrays.copyOf(w, slot)).isEqualTo(expected);
      w = both.clone();
      field.multiply(w, slot, w, 0, w, slot);
      assertThat(Arrays.copyOfRange(w, slot, 2 * slot)).isEqualTo(expected);

      field.multiply(expected, 0, a, 0, a, 0);
      w = both.clone();
      field.multiply(w, 0, w, 0, w, 0);
      assertThat(Arrays.copyOf(w, slot)).isEqualTo(expected);
      w = both.clone();
      field.square(w, 0, w, 0);
      assertThat(Arrays.copyOf(w, slot)).isEqualTo(expected);

      field.subtractTight(expected, 0, a, 0, b, 0);
      w = both.clone();
      field.subtractTight(w, slot, w, 0, w, slot);
      assertThat(Arrays.copyOfRange(w, slot, 2 * slot)).isEqualTo(expected);

      field.addMultiple(expected, 0, a, 0, b, 0, 121665);
      w = both.clone();
      field.addMultiple(w, slot, w, 0, w, slot, 121665);
      assertThat(Arrays.copyOfRange(w, slot, 2 * slot)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void everyVariantGivesTheLimbsOfTheScalarTwin(Field25519 field) {
    Field25519 twin = new Field25519Scalar();
    int lanes = field.lanes();
    for (int round = 0; round < ROUNDS; round++) {
      double[] a = operand(field, 1);
      double[] b = operand(field, 1);
      double[] product = garbage(field.slot());
      double[] sum = garbage(field.slot());
      field.multiply(product, 0, a, 0, b, 0);
      field.addTight(sum, 0, a, 0, b, 0);
      for (int lane = 0; lane < lanes; lane++) {
        double[] x = lane(a, lane, lanes);
        double[] y = lane(b, lane, lanes);
        double[] r = garbage(Field25519.LIMBS);
        twin.multiply(r, 0, x, 0, y, 0);
        assertThat(lane(product, lane, lanes)).isEqualTo(r);
        twin.addTight(r, 0, x, 0, y, 0);
        assertThat(lane(sum, lane, lanes)).isEqualTo(r);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void swapsSelectsAndLooksUpByLane(Field25519 field) {
    int slot = field.slot();
    int lanes = field.lanes();
    double[] a = operand(field, 1);
    double[] b = operand(field, 1);
    double[] bits = IntStream.range(0, lanes).mapToDouble(lane -> (lane + 1) % 2).toArray();
    double[] x = a.clone();
    double[] y = b.clone();
    field.swap(x, 0, y, 0, bits);
    double[] r = garbage(slot);
    field.select(r, 0, a, 0, b, 0, bits);
    for (int k = 0; k < slot; k++) {
      boolean set = bits[k % lanes] == 1;
      assertThat(x[k]).isEqualTo(set ? b[k] : a[k]);
      assertThat(y[k]).isEqualTo(set ? a[k] : b[k]);
      assertThat(r[k]).isEqualTo(set ? b[k] : a[k]);
    }

    double[] table = random.doubles(9L * 4 * slot).map(v -> Math.rint(v * 0x1p50)).toArray();
    for (int entry = 0; entry < 9; entry++) {
      double[] weights = new double[9];
      weights[entry] = 1;
      double[] found = garbage(4 * slot);
      field.lookUp(found, 0, table, 0, 4, weights);
      assertThat(found)
          .isEqualTo(Arrays.copyOfRange(table, entry * 4 * slot, (entry + 1) * 4 * slot));
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void bytesAreCanonicalWhateverTheLimbs(Field25519 field) {
    int lanes = field.lanes();
    Limbs25519 limbs = new Limbs25519(lanes);
    BigInteger[] edges = {
      BigInteger.ZERO,
      BigInteger.ONE,
      P.subtract(BigInteger.ONE),
      P,
      P.add(BigInteger.ONE),
      BigInteger.TWO.pow(255).subtract(BigInteger.ONE),
      BigInteger.TWO.pow(254),
      new BigInteger("4000000000000400000000000040000000000004000000000000", 16)
    };
    double[] slot = garbage(field.slot());
    for (int round = 0; round < ROUNDS; round++) {
      BigInteger x = round < edges.length ? edges[round] : new BigInteger(255, random);
      int lane = round % lanes;
      int below = limbs.load(slot, 0, lane, bytes(x), 0);
      assertThat(below).isEqualTo(x.compareTo(P) < 0 ? 1 : 0);
      byte[] out = new byte[34];
      limbs.store(slot, 0, lane, out, 1);
      assertThat(Arrays.copyOfRange(out, 1, 33)).isEqualTo(bytes(x.mod(P)));
    }
    byte[] top = bytes(BigInteger.ONE.shiftLeft(255).add(BigInteger.ONE));
    assertThat(limbs.load(slot, 0, 0, top, 0)).isZero();
    assertThat(value(slot, 0, lanes)).isEqualTo(BigInteger.ONE);

    for (int round = 0; round < ROUNDS; round++) {
      double[] wide = operand(field, 4);
      double[] negative = garbage(lanes);
      double[] zero = garbage(lanes);
      limbs.negative(negative, wide, 0);
      limbs.zero(zero, wide, 0);
      for (int lane = 0; lane < lanes; lane++) {
        BigInteger x = value(wide, lane, lanes).mod(P);
        byte[] out = new byte[32];
        limbs.store(wide, 0, lane, out, 0);
        assertThat(out).isEqualTo(bytes(x));
        assertThat(negative[lane]).isEqualTo(x.testBit(0) ? 1 : 0);
        assertThat(zero[lane]).isEqualTo(x.signum() == 0 ? 1 : 0);
      }
    }
  }

  /** Half of the limbs are extremes of the width. */
  private double[] operand(Field25519 field, int width) {
    double most = width * TIGHT;
    double[] slot = new double[field.slot()];
    for (int k = 0; k < slot.length; k++) {
      slot[k] =
          switch (random.nextInt(8)) {
            case 0 -> most;
            case 1 -> -most;
            case 2 -> 0;
            case 3 -> random.nextBoolean() ? 1 : -1;
            default -> Math.rint((random.nextDouble() * 2 - 1) * most);
          };
    }
    if (random.nextInt(16) == 0) {
      Arrays.fill(slot, random.nextBoolean() ? most : -most);
    }
    if (random.nextInt(16) == 0) {
      Arrays.fill(slot, 0);
    }
    return slot;
  }

  private double[] garbage(int length) {
    return random.doubles(length, -0x1p60, 0x1p60).toArray();
  }

  private static double[] lane(double[] slot, int lane, int lanes) {
    return IntStream.range(0, Field25519.LIMBS).mapToDouble(k -> slot[k * lanes + lane]).toArray();
  }

  private static BigInteger value(double[] slot, int lane, int lanes) {
    BigInteger value = BigInteger.ZERO;
    for (int k = Field25519.LIMBS - 1; k >= 0; k--) {
      value = value.shiftLeft(51).add(BigInteger.valueOf((long) slot[k * lanes + lane]));
    }
    return value;
  }

  private static void assertTight(double[] slot) {
    assertThat(Arrays.stream(slot)).allMatch(x -> Math.abs(x) <= TIGHT && x == Math.rint(x));
  }

  private static byte[] bytes(BigInteger value) {
    byte[] big = value.toByteArray();
    byte[] little = new byte[32];
    for (int i = 0; i < Math.min(32, big.length); i++) {
      little[i] = big[big.length - 1 - i];
    }
    return little;
  }
}
