package org.tidegate.mpc.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bouncycastle.crypto.engines.AESLightEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

class MmoHashTest {
  private final Random random = new Random(16);

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void isAesPlusTheInput() {
    byte[] keys = bytes(32);
    AESLightEngine aes = new AESLightEngine();
    aes.init(true, new KeyParameter(keys, 5, 16));
    MmoHash hash = new MmoHash(keys, 5);
    for (int blocks : new int[] {0, 1, 2, 511, 512, 513, 1500}) {
      byte[] in = bytes(16 * blocks + 3);
      byte[] expected = bytes(16 * blocks + 9);
      byte[] out = expected.clone();
      for (int i = 0; i < blocks; i++) {
        aes.processBlock(in, 3 + 16 * i, expected, 7 + 16 * i);
        for (int k = 0; k < 16; k++) {
          expected[7 + 16 * i + k] ^= in[3 + 16 * i + k];
        }
      }
      hash.hash(in, 3, out, 7, blocks);
      assertThat(out).isEqualTo(expected);
      // In place.
      hash.hash(in, 3, in, 3, blocks);
      assertThat(in).endsWith(java.util.Arrays.copyOfRange(out, 7, 7 + 16 * blocks));
    }
  }
}
