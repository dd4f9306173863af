package org.tidegate.mpc.curve.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.lane.Field25519;
import org.tidegate.mpc.lane.Field25519Scalar;

class X25519LanesTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void givesTheVectorsOfRfc7748(Field25519 field) {
    X25519Lanes lanes = new X25519Lanes(field);
    String[][] vectors = {
      {
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
      },
      {
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
      }
    };
    for (String[] vector : vectors) {
      byte[] out = new byte[32];
      assertThat(lanes.multiply(HEX.parseHex(vector[0]), HEX.parseHex(vector[1]), 0, out, 0, 1))
          .isEqualTo(-1);
      assertThat(HEX.formatHex(out)).isEqualTo(vector[2]);
    }
    // RFC 7748, 5.2: k, u = X25519(k, u), k, a thousand times.
    byte[] k = new byte[32];
    k[0] = 9;
    byte[] u = k.clone();
    for (int i = 0; i < 100; i++) {
      byte[] next = new byte[32];
      assertThat(lanes.multiply(k, u, 0, next, 0, 1)).isEqualTo(-1);
      u = k;
      k = next;
      if (i == 0) {
        assertThat(HEX.formatHex(k))
            .isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
      }
    }
    byte[] expected = new byte[32];
    byte[] bk = new byte[32];
    bk[0] = 9;
    byte[] bu = bk.clone();
    for (int i = 0; i < 100; i++) {
      X25519.scalarMult(bk, 0, bu, 0, expected, 0);
      bu = bk;
      bk = expected.clone();
    }
    assertThat(k).isEqualTo(bk);
  }

  @ParameterizedTest
  @MethodSource("org.tidegate.mpc.lane.Lanes#field25519")
  void agreesWithBouncyCastleOnRandomAndOnAwkwardCoordinates(Field25519 field) {
    Random random = new Random(7748);
    byte[][] awkward = {
      new byte[32],
      HEX.parseHex("01" + "00".repeat(31)),
      HEX.parseHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
      HEX.parseHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
      HEX.parseHex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
      HEX.parseHex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
      HEX.parseHex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
      HEX.parseHex("ff".repeat(32))
    };
    for (int count : new int[] {1, 7, 8, 9, field.lanes() * 64 + 3}) {
      if (field.lanes() == 1 && count > 9) {
        continue; // One chunk more costs a second there and shows nothing else.
      }
      byte[] scalar = new byte[32];
      random.nextBytes(scalar);
      byte[] in = new byte[5 + 32 * count];
      random.nextBytes(in);
      int first = -1;
      for (int i = 0; i < count; i++) {
        if (i % 3 == 1) {
          int which = random.nextInt(awkward.length);
          System.arraycopy(awkward[which], 0, in, 5 + 32 * i, 32);
          first = first < 0 && which < 7 ? i : first;
        }
      }
      byte[] out = new byte[3 + 32 * count];
      random.nextBytes(out);
      int zero = new X25519Lanes(field).multiply(scalar, in, 5, out, 3, count);
      assertThat(zero).isEqualTo(first);
      for (int i = 0; i < count; i++) {
        byte[] expected = new byte[32];
        X25519.scalarMult(scalar, 0, in, 5 + 32 * i, expected, 0);
        assertThat(Arrays.copyOfRange(out, 3 + 32 * i, 35 + 32 * i)).isEqualTo(expected);
      }
    }
  }

  @Test
  void refusesAShortScalar() {
    X25519Lanes lanes = new X25519Lanes(new Field25519Scalar());
    assertThatThrownBy(() -> lanes.multiply(new byte[31], new byte[32], 0, new byte[32], 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31");
  }
}
