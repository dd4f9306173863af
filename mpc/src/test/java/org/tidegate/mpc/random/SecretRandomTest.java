package org.tidegate.mpc.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.fixture.TwoParties;

final class SecretRandomTest {
  @Test
  void aSeedGivesOneStreamHoweverItIsCut() {
    SecretRandom whole = TwoParties.random(1, 0);
    byte[] expected = whole.nextBytes(10_000);
    SecretRandom cut = TwoParties.random(1, 0);
    byte[] pieces = new byte[10_000];
    for (int at = 0; at < 10_000; at += 125) {
      cut.nextBytes(pieces, at, 125);
    }
    assertThat(pieces).isEqualTo(expected);
    assertThat(TwoParties.random(2, 0).nextBytes(32)).isNotEqualTo(Arrays.copyOf(expected, 32));
  }

  @Test
  void forksDependOnTheirLabelAndNotOnWhatWasDrawn() {
    SecretRandom fresh = TwoParties.random(1, 0);
    byte[] fork = fresh.fork("a").nextBytes(32);
    fresh.nextBytes(1000);
    assertThat(fresh.fork("a").nextBytes(32)).isEqualTo(fork);
    assertThat(fresh.fork("b").nextBytes(32)).isNotEqualTo(fork);
    assertThat(new PublicRandom("a", new byte[32])).isNotInstanceOf(SecretRandom.class);
  }

  @Test
  void permutationsArePermutations() {
    for (int size : new int[] {0, 1, 2, 1000}) {
      int[] order = TwoParties.random(1, 0).permutation(size);
      assertThat(Arrays.stream(order).sorted().toArray())
          .isEqualTo(IntStream.range(0, size).toArray());
    }
  }

  @Test
  void shuffledRowsAreTheRows() {
    for (int count : new int[] {0, 1, 2, 2048, 2049, 5000, 70_000}) {
      for (int width : new int[] {1, 8, 10, 16}) {
        byte[] rows = new byte[count * width];
        new Random(count).nextBytes(rows);
        byte[] before = rows.clone();
        byte[] shuffled = TwoParties.random(1, 0).shuffled(rows, width, count);
        assertThat(rows).isEqualTo(before);
        assertThat(sorted(shuffled, width)).isEqualTo(sorted(rows, width));
        if (count > 2) {
          assertThat(shuffled).isNotEqualTo(rows);
        }
      }
    }
  }

  private static String[] sorted(byte[] rows, int width) {
    String[] texts = new String[rows.length / width];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = new String(rows, i * width, width, StandardCharsets.ISO_8859_1);
    }
    Arrays.sort(texts);
    return texts;
  }

  @Test
  void everyOrderOfFourRowsIsAsLikely() {
    SecretRandom random = TwoParties.random(1, 0);
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < 24_000; i++) {
      byte[] order = random.shuffled(new byte[] {0, 1, 2, 3}, 1, 4);
      seen.merge(Arrays.toString(order), 1, Integer::sum);
    }
    assertThat(seen).hasSize(24);
    double chi = seen.values().stream().mapToDouble(n -> (n - 1000) * (n - 1000) / 1000.0).sum();
    assertThat(chi).isLessThan(60); // of 23 degrees of freedom: one in 30,000
  }

  /** Two rows that start side by side: where they land, across buckets, in 8 × 8 fields. */
  @Test
  void neighboursOfALongListLandAnywhereIndependently() {
    SecretRandom random = TwoParties.random(1, 0);
    byte[] rows = new byte[6000];
    rows[17] = 1;
    rows[18] = 2;
    int[] fields = new int[64];
    for (int i = 0; i < 6_400; i++) {
      byte[] shuffled = random.shuffled(rows, 1, rows.length);
      int one = 0;
      int two = 0;
      for (int at = 0; at < shuffled.length; at++) {
        one = shuffled[at] == 1 ? at : one;
        two = shuffled[at] == 2 ? at : two;
      }
      fields[one / 750 * 8 + two / 750]++;
    }
    double chi = Arrays.stream(fields).mapToDouble(n -> (n - 100) * (n - 100) / 100.0).sum();
    assertThat(chi).isLessThan(115); // of 63 degrees of freedom: one in 10,000
  }
}
