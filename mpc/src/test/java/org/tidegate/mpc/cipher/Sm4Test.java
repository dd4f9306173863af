package org.tidegate.mpc.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.mpc.bytes.SecretBytes;
import org.tidegate.mpc.cipher.simd.Sm4Lanes256;
import org.tidegate.mpc.cipher.simd.Sm4Lanes512;

class Sm4Test {
  // GM/T 0002-2012, Annex A: the key is also the plaintext.
  private static final byte[] KEY = HexFormat.of().parseHex("0123456789abcdeffedcba9876543210");
  private static final String ONCE = "681edf34d206965e86b3e94f536e4246";
  private static final String MILLION_TIMES = "595298c7c6fd271f0402f804c33d3f66";

  private final Random random = new Random(4);

  static Stream<Sm4Kernel> variants() {
    return Stream.of(new ScalarSm4Vartime(), new Sm4Lanes256(), new Sm4Lanes512());
  }

  private static Sm4 cipher(Sm4Kernel kernel, byte[] key) {
    return new Sm4(kernel, SecretBytes.copyOf(key));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("variants")
  void encryptsTheStandardsExample(Sm4Kernel kernel) {
    Sm4 cipher = cipher(kernel, KEY);
    byte[] block = KEY.clone();
    cipher.encrypt(block, 0, block, 0, 1);
    assertThat(HexFormat.of().formatHex(block)).isEqualTo(ONCE);
    cipher.decrypt(block, 0, block, 0, 1);
    assertThat(block).isEqualTo(KEY);
  }

  @Test
  @Tag("long")
  void encryptsAMillionTimes() {
    variants()
        .forEach(kernel -> {
          Sm4 cipher = cipher(kernel, KEY);
          byte[] block = KEY.clone();
          for (int i = 0; i < 1_000_000; i++) {
            cipher.encrypt(block, 0, block, 0, 1);
          }
          assertThat(HexFormat.of().formatHex(block)).isEqualTo(MILLION_TIMES);
        });
  }

  @ParameterizedTest
  @MethodSource("variants")
  void agreesWithBouncyCastle(Sm4Kernel kernel) {
    for (int blocks : new int[] {1, 2, 23, 24, 25, 47, 48, 49, 150}) {
      byte[] key = bytes(16);
      byte[] in = bytes(16 * blocks + 8);
      byte[] expected = bytes(16 * blocks + 8);
      byte[] out = expected.clone();
      SM4Engine engine = new SM4Engine();
      engine.init(true, new KeyParameter(key));
      for (int i = 0; i < blocks; i++) {
        engine.processBlock(in, 3 + 16 * i, expected, 5 + 16 * i);
      }
      Sm4 cipher = cipher(kernel, key);
      cipher.encrypt(in, 3, out, 5, blocks);
      // Nothing around is touched.
      assertThat(out).as("%d blocks", blocks).isEqualTo(expected);
      cipher.decrypt(out, 5, out, 5, blocks);
      assertThat(Arrays.copyOfRange(out, 5, 5 + 16 * blocks))
          .isEqualTo(Arrays.copyOfRange(in, 3, 3 + 16 * blocks));
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void countsLikeBouncyCastle(Sm4Kernel kernel) {
    byte[] key = bytes(16);
    byte[] wraps = new byte[16];
    Arrays.fill(wraps, (byte) -1);
    wraps[15] = -20;
    byte[] carries = bytes(16);
    Arrays.fill(carries, 8, 16, (byte) -1);
    for (byte[] counter : new byte[][] {wraps, carries, bytes(16)}) {
      for (int length : new int[] {0, 1, 15, 16, 17, 800, 4096, 4099, 9000}) {
        byte[] in = bytes(length);
        byte[] expected = new byte[length];
        var mode = SICBlockCipher.newInstance(new SM4Engine());
        mode.init(true, new ParametersWithIV(new KeyParameter(key), counter));
        mode.processBytes(in, 0, length, expected, 0);
        byte[] out = bytes(length);
        Sm4 cipher = cipher(kernel, key);
        cipher.counterMode(counter, in, 0, out, 0, length);
        assertThat(out).as("%d bytes", length).isEqualTo(expected);
        cipher.counterMode(counter, out, 0, out, 0, length);
        assertThat(out).isEqualTo(in);
      }
    }
  }

  @Test
  void refusesOtherLengths() {
    Sm4Kernel kernel = new ScalarSm4Vartime();
    assertThatThrownBy(() -> cipher(kernel, new byte[17]))
        .hasMessage("a key of SM4 has 16 bytes, not 17");
    assertThatThrownBy(
            () -> cipher(kernel, KEY).counterMode(new byte[12], KEY, 0, new byte[16], 0, 16))
        .hasMessage("a counter has 16 bytes, not 12");
  }
}
