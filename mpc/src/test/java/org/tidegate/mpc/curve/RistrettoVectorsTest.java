package org.tidegate.mpc.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tidegate.mpc.field.Scalars;

/** RFC 9496, appendix A, and the batch encoding against the RFC's. */
final class RistrettoVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String GENERATOR =
      "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";

  private final ScalarRistretto kernel = new ScalarRistretto();

  private String times(BigInteger scalar, String element) {
    byte[] out = new byte[32];
    int bad = kernel.multiply(Scalars.fromInteger(scalar), HEX.parseHex(element), 0, out, 0, 1);
    return bad < 0 ? HEX.formatHex(out) : "invalid";
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/rfc9496-multiples.csv")
  void multiplesOfTheGenerator(int multiple, String encoding) {
    assertThat(times(BigInteger.valueOf(multiple), GENERATOR)).isEqualTo(encoding);
    byte[] bytes = HEX.parseHex(encoding);
    long[] point = new long[Edwards.POINT];
    Ristretto ristretto = new Ristretto();
    assertThat(ristretto.decodeNonIdentity(point, 0, bytes, 0)).isEqualTo(multiple == 0 ? 0 : 1);
    if (multiple > 0) {
      byte[] again = new byte[32];
      ristretto.encode(again, 0, point, 0);
      assertThat(HEX.formatHex(again)).isEqualTo(encoding);
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/rfc9496-invalid.csv")
  void invalidEncodings(String encoding) {
    assertThat(times(BigInteger.ONE, encoding)).isEqualTo("invalid");
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/rfc9496-one-way-map.csv")
  void oneWayMap(String uniform, String encoding) {
    byte[] out = new byte[32];
    java.util.Arrays.fill(out, (byte) 0x55);
    kernel.multiplyUniform(
        Scalars.fromInteger(BigInteger.ONE), HEX.parseHex(uniform), 0, out, 0, 1);
    assertThat(HEX.formatHex(out)).isEqualTo(encoding);
  }

  @Test
  void scalarsCommuteInvertAndWrapAround() {
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      BigInteger a = new BigInteger(252, random).add(BigInteger.ONE);
      BigInteger b = new BigInteger(252, random).add(BigInteger.ONE);
      String ab = times(a, times(b, GENERATOR));
      assertThat(times(a.multiply(b).mod(Scalars.ORDER), GENERATOR)).isEqualTo(ab);
      assertThat(times(a.modInverse(Scalars.ORDER), ab)).isEqualTo(times(b, GENERATOR));
    }
    BigInteger last = Scalars.ORDER.subtract(BigInteger.ONE);
    assertThat(times(last, times(last, GENERATOR))).isEqualTo(GENERATOR);
  }

  @Test
  void aBatchEncodesTheIdentityAndItsNeighboursRight() {
    long[] points = new long[3 * Edwards.POINT];
    Ristretto ristretto = new Ristretto();
    ristretto.decodeNonIdentity(points, 0, HEX.parseHex(GENERATOR), 0);
    Edwards.setNeutral(points, Edwards.POINT);
    ristretto.decodeNonIdentity(points, 2 * Edwards.POINT, HEX.parseHex(GENERATOR), 0);
    byte[] out = new byte[96];
    ristretto.encodeTwice(out, 0, points, 3, new long[Ristretto.encodeScratch(3)]);
    String twice = times(BigInteger.TWO, GENERATOR);
    assertThat(HEX.formatHex(out)).isEqualTo(twice + "00".repeat(32) + twice);
  }

  @Test
  void theFirstInvalidElementOfABatchIsNamed() {
    int count = 300;
    byte[] in = new byte[32 * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(HEX.parseHex(GENERATOR), 0, in, 32 * i, 32);
    }
    in[32 * 257] ^= 1;
    assertThat(
            kernel.multiply(
                Scalars.fromInteger(BigInteger.TEN), in, 0, new byte[in.length], 0, count))
        .isEqualTo(257);
  }
}
