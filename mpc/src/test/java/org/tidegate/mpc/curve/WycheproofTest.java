package org.tidegate.mpc.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tidegate.mpc.curve.simd.X25519Lanes;
import org.tidegate.mpc.lane.Field25519;
import org.tidegate.mpc.lane.Lanes;
import org.tidegate.mpc.lane.PrimeField;

/**
 * Numbers of Project Wycheproof, for every width of lanes: x25519_test (all but five in six of its
 * EdgeCaseMultiplication) and ecdh_secp256r1_ecpoint_test (a third of EdgeCaseDoubling, half of
 * EdgeCaseEphemeralKey, all else that a compressed point can express: points off the curve with
 * both coordinates cannot be handed to this code).
 */
final class WycheproofTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/wycheproof-x25519.csv")
  void x25519(String scalar, String point, String shared) {
    boolean zero = shared.matches("0+");
    for (Field25519 field : Lanes.field25519().toList()) {
      byte[] out = new byte[32];
      int first =
          new X25519Lanes(field).multiply(HEX.parseHex(scalar), HEX.parseHex(point), 0, out, 0, 1);
      assertThat(first).isEqualTo(zero ? 0 : -1);
      assertThat(HEX.formatHex(out)).isEqualTo(shared);
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/wycheproof-p256.csv")
  void p256(String scalar, String point, @Nullable String shared) {
    for (PrimeField field : Lanes.primeFields().toList()) {
      if (field.prime() == WeierstrassCurve.P256.prime()) {
        byte[] out = new byte[33];
        int first =
            new WeierstrassLanes(field)
                .multiply(reversed(scalar), HEX.parseHex(point), 0, out, 0, 1);
        assertThat(first).isEqualTo(shared == null ? 0 : -1);
        if (shared != null) {
          assertThat(HEX.formatHex(out, 1, 33)).isEqualTo(shared);
        }
      }
    }
  }

  private static byte[] reversed(String bigEndian) {
    byte[] bytes = HEX.parseHex(bigEndian);
    byte[] little = Arrays.copyOf(bytes, bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      little[i] = bytes[bytes.length - 1 - i];
    }
    return little;
  }
}
