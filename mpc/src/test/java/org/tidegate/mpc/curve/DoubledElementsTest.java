package org.tidegate.mpc.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tidegate.mpc.field.Scalars;
import org.tidegate.mpc.fixture.TwoParties;
import org.tidegate.mpc.random.SecretRandom;

/** Against the multiplication by one scalar, which RFC 9496's vectors check. */
final class DoubledElementsTest {
  private static final int COUNT = 67;

  private final ScalarRistretto reference = new ScalarRistretto();
  private final DoubledElements doubled = new DoubledElements();
  private final SecretRandom random = TwoParties.random(9, 0);

  private static byte[] scalar(long k) {
    return Scalars.fromInteger(BigInteger.valueOf(k).mod(Scalars.ORDER));
  }

  private byte[] times(byte[] scalar, byte[] element) {
    byte[] out = new byte[32];
    assertThat(reference.multiply(scalar, element, 0, out, 0, 1)).isEqualTo(-1);
    return out;
  }

  private static byte[] part(byte[] bytes, int i) {
    return Arrays.copyOfRange(bytes, 32 * i, 32 * i + 32);
  }

  private byte[] scalars() {
    byte[] scalars = new byte[32 * COUNT];
    for (int i = 0; i < COUNT; i++) {
      byte[] s = i < 20 ? scalar(i + 1) : i < 30 ? scalar(-i) : SecretScalars.random(random);
      System.arraycopy(s, 0, scalars, 32 * i, 32);
    }
    return scalars;
  }

  @Test
  void mapIsTwiceTheMap() {
    byte[] uniform = random.nextBytes(64 * COUNT);
    byte[] expected = new byte[32 * COUNT];
    byte[] out = random.nextBytes(32 * COUNT + 1);
    reference.multiplyUniform(scalar(2), uniform, 0, expected, 0, COUNT);
    doubled.map(uniform, 0, out, 1, COUNT);
    assertThat(Arrays.copyOfRange(out, 1, out.length)).isEqualTo(expected);
  }

  @Test
  void multiplyIsTwiceTheProduct() {
    byte[] scalars = scalars();
    byte[] element = new byte[32];
    reference.multiplyUniform(scalar(1), random.nextBytes(64), 0, element, 0, 1);
    byte[] out = random.nextBytes(32 * COUNT);
    doubled.multiply(FixedElement.of(element, 0), scalars, 0, out, 0, COUNT);
    for (int i = 0; i < COUNT; i++) {
      assertThat(part(out, i)).isEqualTo(times(scalar(2), times(part(scalars, i), element)));
    }
  }

  @Test
  void unmaskTakesBackWhatMultiplyMaskedPutOn() {
    // 2·(s·G − 2·map + 2·map) = 2·s·G.
    byte[] scalars = scalars();
    byte[] uniform = random.nextBytes(64 * COUNT);
    byte[] masked = random.nextBytes(32 * COUNT);
    byte[] out = random.nextBytes(32 * COUNT);
    byte[] expected = random.nextBytes(32 * COUNT);
    FixedElement generator = FixedElement.generator();
    doubled.multiplyMasked(generator, scalars, 0, uniform, 0, masked, 0, COUNT);
    assertThat(doubled.unmask(masked, 0, uniform, 0, out, 0, COUNT)).isEqualTo(-1);
    doubled.multiply(generator, scalars, 0, expected, 0, COUNT);
    assertThat(out).isEqualTo(expected);
    assertThat(part(masked, 3)).isNotEqualTo(part(expected, 3));
    // One multiple by hand: the generator's double.
    assertThat(part(expected, 0))
        .asHexString()
        .isEqualToIgnoringCase("6A493210F7499CD17FECB510AE0CEA23A110E8D5B901F8ACADD3095C73A3B919");
  }

  @Test
  void bytesThatEncodeNothingAreFound() {
    byte[] uniform = random.nextBytes(64 * COUNT);
    byte[] in = new byte[32 * COUNT];
    reference.multiplyUniform(scalar(1), uniform, 0, in, 0, COUNT);
    Arrays.fill(in, 32 * 65, 32 * 66, (byte) 0);
    in[32 * 66] ^= 1;
    assertThat(doubled.unmask(in, 0, uniform, 0, new byte[32 * COUNT], 0, COUNT)).isEqualTo(65);
    assertThatThrownBy(() -> FixedElement.of(new byte[32], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
