package org.tidegate.mpc.cipher;

import java.util.Arrays;
import java.util.HexFormat;

/** The constants of SM4: GB/T 32907-2016, section 6.2 and 7.3. */
public final class Sm4Tables {
  static final int ROUNDS = 32;

  // FK.
  private static final int[] FAMILY = {0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc};
  private static final byte[] BOX =
      HexFormat.of()
          .parseHex(
              "d690e9fecce13db716b614c228fb2c052b679a762abe04c3aa44132649860699"
                  + "9c4250f491ef987a33540b43edcfac62e4b31ca9c908e89580df94fa758f3fa6"
                  + "4707a7fcf37317ba83593c19e6854fa8686b81b27164da8bf8eb0f4b70569d35"
                  + "1e240e5e6358d1a225227c3b01217887d40046579fd327524c3602e7a0c4c89e"
                  + "eabf8ad240c738b5a3f7f2cef96115a1e0ae5da49b341a55ad933230f58cb1e3"
                  + "1df6e22e8266ca60c02923ab0d534e6fd5db3745defd8e2f03ff6a726d6c5b51"
                  + "8d1baf92bbddbc7f11d95c411f105ad80ac13188a5cd7bbd2d74d012b8e5b4b0"
                  + "8969974a0c96777e65b9f109c56ec68418f07dec3adc4d2079ee5f3ed7cb3948");

  private Sm4Tables() {}

  /** A copy of the S-box. */
  public static byte[] box() {
    return BOX.clone();
  }

  /**
   * The round keys of a key of 16 bytes. Reads the whole S-box for each byte, so that no place in
   * memory depends on the key.
   */
  static int[] roundKeys(byte[] key) {
    int[] k = new int[4 + ROUNDS];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        k[i] = k[i] << 8 | key[4 * i + j] & 0xff;
      }
      k[i] ^= FAMILY[i];
    }
    int[] roundKeys = new int[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      int x = scanned(k[i + 1] ^ k[i + 2] ^ k[i + 3] ^ constant(i));
      k[i + 4] = k[i] ^ x ^ Integer.rotateLeft(x, 13) ^ Integer.rotateLeft(x, 23);
      roundKeys[i] = k[i + 4];
    }
    Arrays.fill(k, 0);
    return roundKeys;
  }

  /** CK_i: byte j is 7·(4i + j) mod 256. */
  private static int constant(int i) {
    int word = 0;
    for (int j = 0; j < 4; j++) {
      word = word << 8 | (4 * i + j) * 7 & 0xff;
    }
    return word;
  }

  private static int scanned(int x) {
    int y = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int wanted = x >>> shift & 0xff;
      int found = 0;
      for (int i = 0; i < 256; i++) {
        int same = (i ^ wanted) - 1 >> 31;
        found |= BOX[i] & 0xff & same;
      }
      y |= found << shift;
    }
    return y;
  }
}
