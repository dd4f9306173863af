package org.tidegate.mpc.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.lane.simd.BitTransposeLanes256;
import org.tidegate.mpc.lane.simd.BitTransposeLanes512;

class BitTransposeTest {
  private final Random random = new Random(128);

  static Stream<BitTranspose> variants() {
    return Stream.of(
        new BitTransposeScalar(), new BitTransposeLanes256(), new BitTransposeLanes512());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void movesEveryBit(BitTranspose kernel) {
    for (int words : new int[] {0, 1, 3, 4, 7, 8, 9, 17}) {
      long[] rows = random.longs(128L * words).toArray();
      long[] columns = random.longs(128L * words + 2).toArray();
      long last = columns[128 * words];
      kernel.transpose(rows, words, columns);
      for (int row = 0; row < 128; row++) {
        for (int j = 0; j < 64 * words; j++) {
          long expected = rows[row * words + j / 64] >>> j % 64 & 1;
          if ((columns[2 * j + row / 64] >>> row % 64 & 1) != expected) {
            assertThat(j).as("%d words, row %d", words, row).isNegative();
          }
        }
      }
      assertThat(columns[128 * words]).isEqualTo(last);
    }
  }
}
