package org.tidegate.mpc.cipher;

import org.tidegate.mpc.bytes.BigEndian;

/**
 * {@link Sm4Kernel} one block after the other: the reference of the vector versions, which read no
 * tables. This one reads the S-box, four cache lines, at places that depend on the data: it is for
 * machines without vectors, and safe where nobody else's code shares the core.
 */
public final class ScalarSm4Vartime implements Sm4Kernel {
  private final byte[] box = Sm4Tables.box();

  @Override
  public void crypt(
      int[] roundKeys, byte[] in, int inOffset, byte[] out, int outOffset, int blocks) {
    for (int i = 0; i < 16 * blocks; i += 16) {
      int a = BigEndian.readInt(in, inOffset + i);
      int b = BigEndian.readInt(in, inOffset + i + 4);
      int c = BigEndian.readInt(in, inOffset + i + 8);
      int d = BigEndian.readInt(in, inOffset + i + 12);
      for (int round = 0; round < Sm4Tables.ROUNDS; round += 4) {
        a ^= mix(b ^ c ^ d ^ roundKeys[round]);
        b ^= mix(c ^ d ^ a ^ roundKeys[round + 1]);
        c ^= mix(d ^ a ^ b ^ roundKeys[round + 2]);
        d ^= mix(a ^ b ^ c ^ roundKeys[round + 3]);
      }
      BigEndian.writeInt(out, outOffset + i, d);
      BigEndian.writeInt(out, outOffset + i + 4, c);
      BigEndian.writeInt(out, outOffset + i + 8, b);
      BigEndian.writeInt(out, outOffset + i + 12, a);
    }
  }

  private int mix(int x) {
    int y =
        (box[x >>> 24] & 0xff) << 24
            | (box[x >>> 16 & 0xff] & 0xff) << 16
            | (box[x >>> 8 & 0xff] & 0xff) << 8
            | box[x & 0xff] & 0xff;
    return y
        ^ Integer.rotateLeft(y, 2)
        ^ Integer.rotateLeft(y, 10)
        ^ Integer.rotateLeft(y, 18)
        ^ Integer.rotateLeft(y, 24);
  }
}
