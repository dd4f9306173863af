package org.tidegate.mpc.curve.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.lane.Field25519;
import org.tidegate.mpc.lane.Field25519Scalar;
import org.tidegate.mpc.lane.simd.Field25519Lanes512;

class RistrettoLanesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** 0·B .. 5·B, RFC 9496, A.1. */
  private static final List<String> MULTIPLES =
      List.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
          "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
          "94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259",
          "da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57",
          "e882b131016b52c1d3337080187cf768423efccbb517bb495ab812c4160ff44e");

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void multipliesTheGenerator(Field25519 field) {
    RistrettoLanes lanes = new RistrettoLanes(field);
    byte[] base = HEX.parseHex(MULTIPLES.get(1));
    for (int k = 0; k < MULTIPLES.size(); k++) {
      byte[] out = new byte[32];
      assertThat(lanes.multiply(scalar(BigInteger.valueOf(k)), base, 0, out, 0, 1)).isEqualTo(-1);
      assertThat(HEX.formatHex(out)).isEqualTo(MULTIPLES.get(k));
      // ℓ − k gives the negative: adding the two gives nothing, so double and compare instead.
      byte[] minus = new byte[32];
      lanes.multiply(
          scalar(ORDER.subtract(BigInteger.valueOf(k)).mod(ORDER)), base, 0, minus, 0, 1);
      if (k > 0) {
        byte[] back = new byte[32];
        lanes.multiply(scalar(ORDER.subtract(BigInteger.ONE)), minus, 0, back, 0, 1);
        assertThat(back).isEqualTo(out);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void mapsUniformBytes(Field25519 field) {
    // RFC 9496, A.3.
    String[][] vectors = {
      {
        "5d1be09e3d0c82fc538112490e35701979d99e06ca3e2b5b54bffe8b4dc772c1"
            + "4d98b696a1bbfb5ca32c436cc61c16563790306c79eaca7705668b47dffe5bb6",
        "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46"
      },
      {
        "f116b34b8f17ceb56e8732a60d913dd10cce47a6d53bee9204be8b44f6678b27"
            + "0102a56902e2488c46120e9276cfe54638286b9e4b3cdb470b542d46c2068d38",
        "f26e5b6f7d362d2d2a94c5d0e7602cb4773c95a2e5c31a64f133189fa76ed61b"
      },
      {
        "8422e1bbdaab52938b81fd602effb6f89110e1e57208ad12d9ad767e2e25510c"
            + "27140775f9337088b982d83d7fcf0b2fa1edffe51952cbe7365e95c86eaf325c",
        "006ccd2a9e6867e6a2c5cea83d3302cc9de128dd2a9a57dd8ee7b9d7ffe02826"
      }
    };
    byte[] in = new byte[64 * vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      System.arraycopy(HEX.parseHex(vectors[i][0]), 0, in, 64 * i, 64);
    }
    byte[] out = new byte[32 * vectors.length];
    new RistrettoLanes(field)
        .multiplyUniform(scalar(BigInteger.ONE), in, 0, out, 0, vectors.length);
    for (int i = 0; i < vectors.length; i++) {
      assertThat(HEX.formatHex(out, 32 * i, 32 * i + 32)).isEqualTo(vectors[i][1]);
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void refusesInvalidEncodings(Field25519 field) {
    RistrettoLanes lanes = new RistrettoLanes(field);
    // RFC 9496, A.2, and the identity.
    List<String> invalid =
        List.of(
            "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
            "c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562",
            "c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78",
            "47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24",
            "f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72",
            "87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309",
            "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
            "4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
            "de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad87",
            "bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042",
            "2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08",
            "f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22",
            "8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731",
            "2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b",
            "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
            "a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220",
            "d483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e",
            "8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32",
            "32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b",
            "227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165",
            "5c37cc491da847cfeb9281d407efc41e15144c876e0170b499a96a22ed31e01e",
            "445425117cb8c90edcbc7c1cc0e74f747f2c1efa5630a967c64f287792a48a4b",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            MULTIPLES.get(0));
    byte[] three = scalar(BigInteger.valueOf(3));
    byte[] base = HEX.parseHex(MULTIPLES.get(1));
    for (int i = 0; i < invalid.size(); i++) {
      // Between valid ones, which still come out right; the place varies over the lanes.
      int place = i % 11;
      byte[] in = new byte[32 * 11];
      for (int k = 0; k < 11; k++) {
        System.arraycopy(k == place ? HEX.parseHex(invalid.get(i)) : base, 0, in, 32 * k, 32);
      }
      byte[] out = new byte[in.length];
      Arrays.fill(out, (byte) 0x5a);
      assertThat(lanes.multiply(three, in, 0, out, 0, 11)).as(invalid.get(i)).isEqualTo(place);
      for (int k = 0; k < 11; k++) {
        assertThat(HEX.formatHex(out, 32 * k, 32 * k + 32))
            .isEqualTo(MULTIPLES.get(k == place ? 0 : 3));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void multipliesByProductsOfScalarsAndGivesTheBytesOfTheScalarTwin(Field25519 field) {
    Random random = new Random(9496);
    RistrettoLanes lanes = new RistrettoLanes(field);
    RistrettoLanes twin = new RistrettoLanes(new Field25519Scalar());
    for (int count : new int[] {1, 7, 8, 9, 17}) {
      byte[] uniform = new byte[1 + 64 * count];
      random.nextBytes(uniform);
      BigInteger a = new BigInteger(300, random).mod(ORDER);
      BigInteger b = new BigInteger(300, random).mod(ORDER);
      byte[] hashed = new byte[32 * count];
      byte[] expected = new byte[32 * count];
      lanes.multiplyUniform(scalar(a), uniform, 1, hashed, 0, count);
      twin.multiplyUniform(scalar(a), uniform, 1, expected, 0, count);
      assertThat(hashed).isEqualTo(expected);
      assertThat(lanes.multiply(scalar(b), hashed, 0, hashed, 0, count)).isEqualTo(-1);
      lanes.multiplyUniform(scalar(a.multiply(b).mod(ORDER)), uniform, 1, expected, 0, count);
      assertThat(hashed).isEqualTo(expected);
    }
  }

  @Test
  void chunksAndThreadsDoNotShow() {
    Random random = new Random(64);
    RistrettoLanes lanes = new RistrettoLanes(new Field25519Lanes512());
    int count = 8 * 64 + 13;
    byte[] uniform = new byte[64 * count];
    random.nextBytes(uniform);
    byte[] k = scalar(new BigInteger(250, random));
    byte[] whole = new byte[32 * count];
    lanes.multiplyUniform(k, uniform, 0, whole, 0, count);
    for (int threads : new int[] {2, 8}) {
      byte[] parts = new byte[32 * count];
      IntStream.range(0, threads)
          .parallel()
          .forEach(t -> {
            int from = count * t / threads;
            int to = count * (t + 1) / threads;
            lanes.multiplyUniform(k, uniform, 64 * from, parts, 32 * from, to - from);
          });
      assertThat(parts).isEqualTo(whole);
    }
  }

  @Test
  void refusesAScalarThatIsNotReduced() {
    RistrettoLanes lanes = new RistrettoLanes(new Field25519Scalar());
    byte[] base = HEX.parseHex(MULTIPLES.get(1));
    assertThatThrownBy(() -> lanes.multiply(scalar(ORDER), base, 0, new byte[32], 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(lanes.multiply(scalar(ORDER.subtract(BigInteger.ONE)), base, 0, new byte[32], 0, 1))
        .isEqualTo(-1);
  }

  @Test
  void digitsAndHalvesAddUp() {
    Random random = new Random(16);
    for (int round = 0; round < 500; round++) {
      BigInteger k =
          switch (round) {
            case 0 -> BigInteger.ZERO;
            case 1 -> ORDER.subtract(BigInteger.ONE);
            case 2 -> ORDER.shiftRight(1);
            default -> new BigInteger(300, random).mod(ORDER);
          };
      byte[] digits = SignedDigits.of(scalar(k));
      BigInteger sum = BigInteger.ZERO;
      for (int i = digits.length - 1; i >= 0; i--) {
        assertThat((int) digits[i]).isBetween(-8, 8);
        sum = sum.shiftLeft(4).add(BigInteger.valueOf(digits[i]));
      }
      assertThat(sum).isEqualTo(k);
      assertThat(SignedDigits.half(scalar(k)))
          .isEqualTo(scalar(k.multiply(BigInteger.TWO.modInverse(ORDER)).mod(ORDER)));
      assertThat(SignedDigits.isReduced(scalar(k))).isTrue();
      assertThat(SignedDigits.isReduced(scalar(k.add(ORDER)))).isFalse();
    }
  }

  private static byte[] scalar(BigInteger k) {
    byte[] little = new byte[32];
    for (int i = 0; i < 32; i++) {
      little[i] = k.shiftRight(8 * i).byteValue();
    }
    return little;
  }
}
