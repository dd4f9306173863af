package org.tidegate.mpc.hash.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.hash.BatchHash;
import org.tidegate.mpc.hash.ScalarSha256;
import org.tidegate.mpc.hash.ScalarSm3;
import org.tidegate.mpc.lane.simd.Sha256Lanes256;
import org.tidegate.mpc.lane.simd.Sha256Lanes512;
import org.tidegate.mpc.lane.simd.Sm3Lanes256;
import org.tidegate.mpc.lane.simd.Sm3Lanes512;

class HashLanesTest {
  static Stream<Arguments> hashes() {
    return Stream.of(
        Arguments.of(new ScalarSha256(), new SHA256Digest()),
        Arguments.of(new HashLanes(new Sha256Lanes256()), new SHA256Digest()),
        Arguments.of(new HashLanes(new Sha256Lanes512()), new SHA256Digest()),
        Arguments.of(new ScalarSm3(), new SM3Digest()),
        Arguments.of(new HashLanes(new Sm3Lanes256()), new SM3Digest()),
        Arguments.of(new HashLanes(new Sm3Lanes512()), new SM3Digest()));
  }

  @ParameterizedTest
  @MethodSource("hashes")
  void agreesWithBouncyCastleAtEveryLength(BatchHash hash, ExtendedDigest digest) {
    Random random = new Random(180);
    for (int length = 0; length <= 130; length++) {
      int count = length % 5 == 0 ? 33 : 1 + random.nextInt(20);
      byte[] in = new byte[3 + length * count];
      random.nextBytes(in);
      byte[] out = new byte[1 + 32 * count];
      random.nextBytes(out);
      hash.hash(in, 3, length, out, 1, count);
      for (int i = 0; i < count; i++) {
        byte[] expected = new byte[32];
        digest.update(in, 3 + i * length, length);
        digest.doFinal(expected, 0);
        assertThat(Arrays.copyOfRange(out, 1 + 32 * i, 33 + 32 * i))
            .as("length %d, message %d", length, i)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void givesTheVectorsOfTheStandards() {
    // FIPS 180-4's "abc"; GB/T 32905-2016, A.1 and A.2.
    assertThat(hex(new HashLanes(new Sha256Lanes512()), "abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    for (BatchHash sm3 : new BatchHash[] {new ScalarSm3(), new HashLanes(new Sm3Lanes512())}) {
      assertThat(hex(sm3, "abc"))
          .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
      assertThat(hex(sm3, "abcd".repeat(16)))
          .isEqualTo("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    }
  }

  private static String hex(BatchHash hash, String text) {
    byte[] in = text.getBytes(StandardCharsets.US_ASCII);
    byte[] out = new byte[32];
    hash.hash(in, 0, in.length, out, 0, 1);
    return HexFormat.of().formatHex(out);
  }
}
