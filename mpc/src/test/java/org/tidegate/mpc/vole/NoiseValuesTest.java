package org.tidegate.mpc.vole;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;

/** The noise has its full weight, however short its values are. */
final class NoiseValuesTest {
  private static Shape shape(int valueBits) {
    return Shape.of(
        new VoleParameters(
            SecurityLevel.STANDARD, Adversary.MALICIOUS, LpnCode.EXPAND_CONVOLUTE_21_24, valueBits),
        5000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 65, 128})
  void noValueIsZeroAndShortOnesAllAppear(int valueBits) {
    Shape shape = shape(valueBits);
    long[] bits = NoiseValues.draw(shape, TwoParties.random(valueBits, 0));
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < shape.trees(); i++) {
      long low = NoiseValues.element(bits, i * valueBits, valueBits, 0);
      long high = NoiseValues.element(bits, i * valueBits, valueBits, 1);
      assertThat(low | high).isNotZero();
      if (valueBits < 64) {
        assertThat(low >>> valueBits).isZero();
        assertThat(high).isZero();
        seen.add(low);
      }
    }
    if (valueBits < 4) {
      assertThat(seen).hasSize((1 << valueBits) - 1);
    }
  }

  @Test
  void weightIsWhatTheParametersSay() {
    assertThat(shape(1).trees()).isEqualTo(400);
  }
}
