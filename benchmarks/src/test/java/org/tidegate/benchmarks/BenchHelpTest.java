package org.tidegate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every measurement says how it is used. */
final class BenchHelpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "help",
        "help kernels",
        "kernels --help",
        "correlations --help",
        "timing --help",
        "psi --help",
      })
  void helpIsNoWrongUse(String words) {
    assertThat(Main.run(List.of(words.split(" ")))).isZero();
  }
}
