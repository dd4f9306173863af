package org.tidegate.mpc.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
}
