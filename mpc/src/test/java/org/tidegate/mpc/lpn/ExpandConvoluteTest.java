package org.tidegate.mpc.lpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.bytes.SecretBytes;
import org.tidegate.mpc.lane.BlockCode;
import org.tidegate.mpc.lane.BlockCodeScalar;
import org.tidegate.mpc.lane.Lanes;
import org.tidegate.mpc.random.SecretRandom;

class ExpandConvoluteTest {
  private static final int DIMENSION = 2048;

  private final Random random = new Random(21);
  private final LinearCode code = code(LpnCode.EXPAND_CONVOLUTE_21_24, new BlockCodeScalar());

  private static byte[] seed() {
    byte[] seed = new byte[ExpandConvolute.SEED_BYTES];
    Arrays.fill(seed, (byte) 24);
    return seed;
  }

  private static LinearCode code(LpnCode code, BlockCode kernel) {
    return new ExpandConvolute(code, DIMENSION, seed(), kernel);
  }

  private long[] image(LinearCode of, long[] noise) {
    long[] vector = of.vector();
    System.arraycopy(noise, 0, vector, 2 * of.lead(), noise.length);
    of.prepare(vector);
    long[] out = random.longs(2L * of.dimension()).toArray();
    of.finish(vector, out, 0, 0, of.dimension());
    return out;
  }

  /** Every kernel, every split of the work: the same blocks. */
  @Test
  void kernelsAndThreadsGiveTheSame() {
    long[] noise = random.longs(4L * DIMENSION).toArray();
    for (LpnCode each : LpnCode.values()) {
      long[] expected = image(code(each, new BlockCodeScalar()), noise);
      for (BlockCode kernel : Lanes.blockCodes()) {
        LinearCode of = code(each, kernel);
        assertThat(image(of, noise)).isEqualTo(expected);
        long[] vector = of.vector();
        System.arraycopy(noise, 0, vector, 2 * of.lead(), noise.length);
        of.prepare(vector);
        long[] out = random.longs(2L * DIMENSION).toArray();
        for (int[] range : new int[][] {{1000, 1003}, {0, 1000}, {1003, DIMENSION}}) {
          of.finish(vector, out, 0, range[0], range[1]);
        }
        assertThat(out).isEqualTo(expected);
      }
    }
  }

  @Test
  void isLinear() {
    long[] a = random.longs(4L * DIMENSION).toArray();
    long[] b = random.longs(4L * DIMENSION).toArray();
    long[] sum = new long[a.length];
    Arrays.setAll(sum, i -> a[i] ^ b[i]);
    long[] imageA = image(code, a);
    long[] imageB = image(code, b);
    Arrays.setAll(imageA, i -> imageA[i] ^ imageB[i]);
    assertThat(image(code, sum)).isEqualTo(imageA);
    assertThat(image(code, new long[a.length])).containsOnly(0);
    assertThat(image(code(LpnCode.EXPAND_CONVOLUTE_21_24, new BlockCodeScalar()), a))
        .isEqualTo(image(code, a));
  }

  /** A single place spreads over half of the result until the code's last rows. */
  @Test
  void everyPlaceSpreads() {
    for (int place = 0; place < DIMENSION; place += 97) {
      long[] noise = new long[4 * DIMENSION];
      noise[2 * place] = 1;
      long[] out = image(code, noise);
      long ones = Arrays.stream(out).filter(word -> word != 0).count();
      assertThat(ones).as("place %d", place).isBetween(DIMENSION / 2 - 100L, DIMENSION / 2 + 100L);
    }
  }

  /** Rows are far from being dependent: random noise gives a random result. */
  @Test
  void hasFullRank() {
    // The images of 64 random vectors at a time, one a bit.
    long[] rows = new long[2 * DIMENSION];
    boolean[] seen = new boolean[DIMENSION];
    long[][] basis = new long[DIMENSION][];
    int rank = 0;
    for (int round = 0; round < 40 && rank < DIMENSION; round++) {
      rows = image(code, random.longs(4L * DIMENSION).toArray());
      for (int bit = 0; bit < 64; bit++) {
        rank += reduce(column(rows, bit), basis, seen) ? 1 : 0;
      }
    }
    assertThat(rank).isEqualTo(DIMENSION);
  }

  private static long[] column(long[] rows, int bit) {
    long[] column = new long[DIMENSION / 64];
    for (int i = 0; i < DIMENSION; i++) {
      column[i / 64] |= (rows[2 * i] >>> bit & 1) << i % 64;
    }
    return column;
  }

  private static boolean reduce(long[] vector, long[][] basis, boolean[] seen) {
    for (int i = 0; i < DIMENSION; i++) {
      if ((vector[i / 64] >>> i % 64 & 1) != 0) {
        if (!seen[i]) {
          seen[i] = true;
          basis[i] = vector;
          return true;
        }
        long[] pivot = basis[i];
        Arrays.setAll(vector, word -> vector[word] ^ pivot[word]);
      }
    }
    return false;
  }

  @Test
  void theWeightIsTheScripts() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("src/scripts/noise_weight.txt"));
    for (LpnCode each : LpnCode.values()) {
      assertThat(lines)
          .contains(
              "%s: kappa 128, d/N %s, rate 1/2, t %d"
                  .formatted(each.text(), each.distance(), RegularNoise.weight(each, 128)));
    }
  }

  @Test
  void noiseHasOnePlaceInEachStretch() {
    RegularNoise noise = RegularNoise.of(LpnCode.EXPAND_CONVOLUTE_21_24, code.length(), 128);
    assertThat(noise).isEqualTo(new RegularNoise(2 * DIMENSION, 400));
    SecretRandom secret = SecretRandom.of(SecretBytes.copyOf(seed()));
    for (int round = 0; round < 50; round++) {
      int[] places = noise.places(secret);
      for (int i = 0; i < 400; i++) {
        assertThat(places[i]).isBetween(noise.start(i), noise.start(i + 1) - 1);
      }
    }
    assertThat(noise.start(400)).isEqualTo(2 * DIMENSION);
  }

  @Test
  void refusesOtherShapes() {
    assertThatThrownBy(() -> new RegularNoise(1000, 400))
        .hasMessage("400 places in 1000 blocks leave less than 4 blocks for each");
    assertThatThrownBy(() ->
            new ExpandConvolute(
                LpnCode.EXPAND_CONVOLUTE_21_24, 1000, seed(), new BlockCodeScalar()))
        .hasMessage("a code has a dimension of 2048 to 2^25, a multiple of 4, not 1000");
    assertThatThrownBy(() -> code.prepare(new long[10]))
        .hasMessage("expand-convolute-21x24/1 of dimension 2048 works on 8240 words, not 10");
    assertThatThrownBy(() -> code.finish(code.vector(), new long[10], 1, 0, 5))
        .hasMessage(
            "expand-convolute-21x24/1 of dimension 2048 gives no blocks 0 to 5 for 10 words");
    assertThat(ExpandConvolute.dimensionFor(1)).isEqualTo(2048);
    assertThat(ExpandConvolute.dimensionFor(4097)).isEqualTo(4100);
  }
}
