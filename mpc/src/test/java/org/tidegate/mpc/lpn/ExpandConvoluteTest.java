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
import org.tidegate.mpc.random.SecretRandom;

class ExpandConvoluteTest {
  private static final int DIMENSION = 1024;

  private final Random random = new Random(21);
  private final LinearCode code = new ExpandConvolute(DIMENSION, seed());

  private static byte[] seed() {
    byte[] seed = new byte[ExpandConvolute.SEED_BYTES];
    Arrays.fill(seed, (byte) 24);
    return seed;
  }

  private long[] image(LinearCode of, long[] noise) {
    long[] out = random.longs(2L * of.dimension()).toArray();
    of.compress(noise.clone(), out);
    return out;
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
    assertThat(image(new ExpandConvolute(DIMENSION, seed()), a)).isEqualTo(image(code, a));
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
    for (int round = 0; round < 20 && rank < DIMENSION; round++) {
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
    assertThat(lines.getFirst())
        .isEqualTo("kappa 128, d/N " + RegularNoise.DISTANCE + ", rate 1/2");
    assertThat(lines.subList(2, lines.size()))
        .hasSize(15)
        .allSatisfy(line ->
            assertThat(line.strip().split(" +")[1])
                .isEqualTo(Integer.toString(RegularNoise.weight(128))));
  }

  @Test
  void noiseHasOnePlaceInEachStretch() {
    RegularNoise noise = RegularNoise.of(code, 128);
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
    assertThatThrownBy(() -> new ExpandConvolute(1000, seed()))
        .hasMessage("a code has a dimension of 1024 to 2^25, not 1000");
    assertThatThrownBy(() -> code.compress(new long[10], new long[10]))
        .hasMessage(
            "expand-convolute-21x24/1 of dimension 1024 maps 4096 words to 2048, not 10 to 10");
  }
}
