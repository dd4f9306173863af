package org.tidegate.mpc.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.lane.Lanes;
import org.tidegate.mpc.lane.PrimeField;
import org.tidegate.mpc.lane.PrimeFieldScalar;
import org.tidegate.mpc.lane.SparsePrime;
import org.tidegate.mpc.lane.simd.P256Lanes512;
import org.tidegate.mpc.lane.simd.Sm2Lanes512;

class WeierstrassLanesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int BYTES = 33;

  private final Random random = new Random(9380);

  @ParameterizedTest
  @CsvSource({
    // Of the generator: SP 800-186 by k = 2; RFC 5903, 8.1; GB/T 32918.5, A.2.
    "P256,2,037cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978",
    "P256,c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433,"
        + "03dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180",
    "P256,c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53,"
        + "03d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63",
    "SM2,3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8,"
        + "0309f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
  })
  void multipliesOfTheGenerator(WeierstrassCurve curve, String scalar, String expected) {
    byte[] generator =
        new WeierstrassReference(curve)
            .encode(new WeierstrassReference.Point(curve.generatorX(), curve.generatorY()));
    for (PrimeField field : Lanes.primeFields().toList()) {
      if (field.prime() == curve.prime()) {
        byte[] out = new byte[BYTES];
        new WeierstrassLanes(field)
            .multiply(scalar(new BigInteger(scalar, 16)), generator, 0, out, 0, 1);
        assertThat(HEX.formatHex(out)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 9380, J.1.1.
    "P256,'',0,2c15230b26dbc6fc9a37051158c95b79656e17a1a920b11394ca91c44247d3e4,"
        + "8a7a74985cc5c776cdfe4b1f19884970453912e9d31528c060be9ab5c43e8415",
    "P256,abc,0,0bb8b87485551aa43ed54f009230450b492fead5f1cc91658775dac4a3388a0f,"
        + "5c41b3d0731a27a7b14bc0bf0ccded2d8751f83493404c84a88e71ffd424212e",
    "P256,abcdef0123456789,0,65038ac8f2b1def042a5df0b33b1f4eca6bff7cb0f9c6c1526811864e544ed80,"
        + "cad44d40a656e7aff4002a8de287abc8ae0482b5ae825822bb870d6df9b56ca3",
    "P256,q128_,128,4be61ee205094282ba8a2042bcb48d88dfbb609301c49aa8b078533dc65a0b5d,"
        + "98f8df449a072c4721d241a3b1236d3caccba603f916ca680f4539d2bfb3c29e",
    "P256,a512_,512,457ae2981f70ca85d8e24c308b14db22f3e3862c5ea0f652ca38b5e49cd64bc5,"
        + "ecb9f0eadc9aeed232dabc53235368c1394c78de05dd96893eefa62b0f4757dc",
    // Our own; the next test computes the like by a second implementation.
    "SM2,'',0,80048bf6454de460598966bc3bc9a3213e8776668817d85cf447eda370991a41,"
        + "cf41fd9fa681d1416ddb5129e570bef4d74c4e0c1a5be8009717eb1c02e8e9e9",
    "SM2,abc,0,7cf8871dffcb584997d9b27cbc1b12308eec4544f38688f7b8c53531afb9fdcd,"
        + "e803123cc855d859d58857cbea53c0cf0187b160e3a4996a9260879a1b059203",
    "SM2,abcdef0123456789,0,9fbfac2f80e2492165c664f1329a2e8391d39ec33e6c7a57c0e582d17e533c0e,"
        + "733e1148256a3fcb971b89789755fd8e8c292b7e82a67ab38c46a827b6cacc0b"
  })
  void hashesToTheCurve(WeierstrassCurve curve, String start, int repeats, String x, String y) {
    String message = start + start.substring(0, Math.min(1, start.length())).repeat(repeats);
    byte[] in = message.getBytes(StandardCharsets.UTF_8);
    WeierstrassReference reference = new WeierstrassReference(curve);
    var point = new WeierstrassReference.Point(new BigInteger(x, 16), new BigInteger(y, 16));
    assertThat(reference.isOnCurve(point)).isTrue();
    for (PrimeField field : Lanes.primeFields().toList()) {
      if (field.prime() == curve.prime()) {
        WeierstrassLanes lanes = new WeierstrassLanes(field);
        byte[] uniform = new byte[96];
        lanes
            .group()
            .expander("QUUX-V01-CS02-with-" + lanes.group().suite())
            .expand(in, 0, in.length, uniform, 0, 96);
        byte[] out = new byte[BYTES];
        lanes.multiplyUniform(scalar(BigInteger.ONE), uniform, 0, out, 0, 1);
        assertThat(out).isEqualTo(reference.encode(point));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WeierstrassCurve.class)
  void theSecondImplementationHashesAlike(WeierstrassCurve curve) {
    WeierstrassReference reference = new WeierstrassReference(curve);
    assertThat(reference.isZGood()).isTrue();
    PrimeField field = new PrimeFieldScalar(curve.prime());
    WeierstrassLanes lanes = new WeierstrassLanes(field);
    BigInteger p = curve.prime().modulus();
    int count = 40;
    byte[] uniform = new byte[96 * count];
    random.nextBytes(uniform);
    // u = 0, twice; u = p and 2p, which are 0 too; u = ±1; equal halves; all ones.
    Arrays.fill(uniform, 0, 96, (byte) 0);
    put(uniform, 96, p);
    put(uniform, 96 + 48, p.shiftLeft(1));
    put(uniform, 192, BigInteger.ONE);
    put(uniform, 192 + 48, p.subtract(BigInteger.ONE));
    System.arraycopy(uniform, 288, uniform, 288 + 48, 48);
    Arrays.fill(uniform, 384, 480, (byte) 0xff);
    byte[] tag = ("QUUX-V01-CS02-with-" + lanes.group().suite()).getBytes(StandardCharsets.UTF_8);
    byte[] expanded = reference.expand(new byte[] {'a', 'b', 'c'}, tag);
    System.arraycopy(expanded, 0, uniform, 480, 96);
    byte[] again = new byte[96];
    lanes
        .group()
        .expander(new String(tag, StandardCharsets.UTF_8))
        .expand(new byte[] {'a', 'b', 'c'}, 0, 3, again, 0, 96);
    assertThat(again).isEqualTo(expanded);
    BigInteger k = new BigInteger(255, random);
    byte[] out = garbage(BYTES * count);
    lanes.multiplyUniform(scalar(k), uniform, 0, out, 0, count);
    for (int i = 0; i < count; i++) {
      byte[] expected =
          reference.encode(reference.multiply(k, reference.mapUniform(uniform, 96 * i)));
      assertThat(Arrays.copyOfRange(out, BYTES * i, BYTES * i + BYTES))
          .as("item " + i)
          .isEqualTo(expected);
    }
  }

  private static void put(byte[] out, int offset, BigInteger value) {
    for (int i = 0; i < 48; i++) {
      out[offset + 47 - i] = value.shiftRight(8 * i).byteValue();
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#primeFields")
  void multipliesAsBouncyCastle(PrimeField field) {
    WeierstrassLanes lanes = new WeierstrassLanes(field);
    boolean nist = field.prime() == SparsePrime.P256;
    var curve = CustomNamedCurves.getByName(nist ? "secp256r1" : "sm2p256v1");
    BigInteger n = curve.getN();
    List<BigInteger> scalars =
        Stream.concat(
                IntStream.of(1, 2, 16, 17, 30)
                    .mapToObj(BigInteger::valueOf)
                    .flatMap(k -> Stream.of(k, n.subtract(k))),
                Stream.of(
                    n.shiftRight(1),
                    BigInteger.ONE.shiftLeft(255),
                    new BigInteger(256, random).mod(n)))
            .toList();
    int count = 0;
    for (BigInteger k : scalars) {
      count = count % 17 + 1;
      byte[] in = new byte[1 + BYTES * count];
      byte[] expected = new byte[BYTES * count];
      for (int i = 0; i < count; i++) {
        ECPoint point = curve.getG().multiply(new BigInteger(250, random).add(BigInteger.ONE));
        System.arraycopy(point.getEncoded(true), 0, in, 1 + BYTES * i, BYTES);
        System.arraycopy(point.multiply(k).getEncoded(true), 0, expected, BYTES * i, BYTES);
      }
      byte[] out = garbage(BYTES * count);
      assertThat(lanes.multiply(scalar(k), in, 1, out, 0, count)).isEqualTo(-1);
      assertThat(out).as("k = %s", k).isEqualTo(expected);
      // In place.
      lanes.multiply(scalar(k), in, 1, in, 1, count);
      assertThat(Arrays.copyOfRange(in, 1, in.length)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#primeFields")
  void refusesWhatIsNoPoint(PrimeField field) {
    WeierstrassCurve curve = WeierstrassCurve.over(field.prime());
    WeierstrassReference reference = new WeierstrassReference(curve);
    WeierstrassLanes lanes = new WeierstrassLanes(field);
    byte[] good =
        reference.encode(new WeierstrassReference.Point(curve.generatorX(), curve.generatorY()));
    BigInteger p = field.prime().modulus();
    BigInteger off = BigInteger.ONE;
    while (reference.isOnCurve(off)) {
      off = off.add(BigInteger.ONE);
    }
    BigInteger small = BigInteger.ZERO;
    while (!reference.isOnCurve(small)) {
      small = small.add(BigInteger.ONE);
    }
    List<byte[]> invalid =
        List.of(
            new byte[BYTES],
            encoding(0, curve.generatorX()),
            encoding(4, curve.generatorX()),
            encoding(1, curve.generatorX()),
            encoding(0x82, curve.generatorX()),
            encoding(2, off),
            encoding(3, off),
            encoding(2, small.add(p)),
            encoding(2, p),
            encoding(3, BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)));
    byte[] three = scalar(BigInteger.valueOf(3));
    byte[] expected = new byte[BYTES];
    lanes.multiply(three, good, 0, expected, 0, 1);
    // Every third is invalid, so the place varies over the lanes; the others still come out right.
    int count = 3 * invalid.size();
    byte[] in = new byte[BYTES * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(i % 3 == 2 ? invalid.get(i / 3) : good, 0, in, BYTES * i, BYTES);
    }
    byte[] out = garbage(in.length);
    assertThat(lanes.multiply(three, in, 0, out, 0, count)).isEqualTo(2);
    for (int i = 0; i < count; i++) {
      assertThat(Arrays.copyOfRange(out, BYTES * i, BYTES * i + BYTES))
          .as("item " + i)
          .isEqualTo(i % 3 == 2 ? new byte[BYTES] : expected);
    }
  }

  private static byte[] encoding(int tag, BigInteger x) {
    byte[] out = new byte[BYTES];
    out[0] = (byte) tag;
    for (int i = 0; i < 32; i++) {
      out[32 - i] = x.shiftRight(8 * i).byteValue();
    }
    return out;
  }

  @Test
  void chunksAndThreadsDoNotShow() {
    for (PrimeField field : List.of(new P256Lanes512(), new Sm2Lanes512())) {
      WeierstrassLanes lanes = new WeierstrassLanes(field);
      int count = 8 * 32 + 13;
      byte[] uniform = new byte[96 * count];
      random.nextBytes(uniform);
      byte[] k = scalar(new BigInteger(250, random));
      byte[] whole = new byte[BYTES * count];
      lanes.multiplyUniform(k, uniform, 0, whole, 0, count);
      for (int threads : new int[] {1, 2, 8}) {
        byte[] parts = garbage(BYTES * count);
        IntStream.range(0, threads)
            .parallel()
            .forEach(t -> {
              int from = count * t / threads;
              int to = count * (t + 1) / threads;
              lanes.multiplyUniform(k, uniform, 96 * from, parts, BYTES * from, to - from);
            });
        assertThat(parts).isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WeierstrassCurve.class)
  void digitsAddUp(WeierstrassCurve curve) {
    BigInteger n = curve.order();
    for (int round = 0; round < 300; round++) {
      BigInteger k =
          switch (round) {
            case 0 -> BigInteger.ONE;
            case 1 -> BigInteger.TWO;
            case 2 -> n.subtract(BigInteger.ONE);
            case 3 -> n.subtract(BigInteger.TWO);
            default ->
                new BigInteger(256, random).mod(n.subtract(BigInteger.ONE)).add(BigInteger.ONE);
          };
      OddDigits digits = new OddDigits(scalar(k), n);
      BigInteger sum = BigInteger.ZERO;
      for (int i = OddDigits.COUNT - 1; i >= 0; i--) {
        assertThat((int) digits.digits[i]).isBetween(-15, 15);
        assertThat(digits.digits[i] & 1).isEqualTo(1);
        sum = sum.shiftLeft(4).add(BigInteger.valueOf(digits.digits[i]));
      }
      assertThat(digits.digits[OddDigits.COUNT - 1]).isPositive();
      assertThat(digits.negated == 1 ? n.subtract(sum) : sum).isEqualTo(k);
    }
  }

  @ParameterizedTest
  @EnumSource(WeierstrassCurve.class)
  void refusesScalarsOutOfRange(WeierstrassCurve curve) {
    WeierstrassLanes lanes = new WeierstrassLanes(new PrimeFieldScalar(curve.prime()));
    BigInteger n = curve.order();
    BigInteger most = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    for (BigInteger k : List.of(BigInteger.ZERO, n, n.add(BigInteger.ONE), most)) {
      assertThatThrownBy(() -> lanes.multiply(scalar(k), new byte[BYTES], 0, new byte[BYTES], 0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not within 1");
    }
    assertThatThrownBy(() -> lanes.multiply(new byte[31], new byte[0], 0, new byte[0], 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes");
  }

  private byte[] garbage(int length) {
    byte[] garbage = new byte[length];
    random.nextBytes(garbage);
    return garbage;
  }

  private static byte[] scalar(BigInteger k) {
    byte[] little = new byte[32];
    for (int i = 0; i < 32; i++) {
      little[i] = k.shiftRight(8 * i).byteValue();
    }
    return little;
  }
}
