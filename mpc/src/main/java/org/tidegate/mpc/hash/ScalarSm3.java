package org.tidegate.mpc.hash;

import java.util.Arrays;

/** SM3 (GB/T 32905-2016) one message after the other: the reference of the vector kernel. */
public final class ScalarSm3 implements BatchHash {
  private static final int[] INITIAL = {
    0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e
  };
  private static final int BLOCK_BYTES = 64;

  @Override
  public void hash(
      byte[] in, int inOffset, int messageBytes, byte[] out, int outOffset, int count) {
    byte[] padded = new byte[(messageBytes + 9 + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES];
    int[] state = new int[8];
    int[] w = new int[68];
    for (int i = 0; i < count; i++) {
      Arrays.fill(padded, (byte) 0);
      System.arraycopy(in, inOffset + i * messageBytes, padded, 0, messageBytes);
      padded[messageBytes] = (byte) 0x80;
      long bits = 8L * messageBytes;
      for (int k = 0; k < 8; k++) {
        padded[padded.length - 1 - k] = (byte) (bits >>> 8 * k);
      }
      System.arraycopy(INITIAL, 0, state, 0, 8);
      for (int block = 0; block < padded.length; block += BLOCK_BYTES) {
        compress(state, padded, block, w);
      }
      for (int k = 0; k < DIGEST_BYTES; k++) {
        out[outOffset + i * DIGEST_BYTES + k] = (byte) (state[k >> 2] >>> 24 - 8 * (k & 3));
      }
    }
  }

  private static void compress(int[] state, byte[] bytes, int offset, int[] w) {
    for (int t = 0; t < 16; t++) {
      w[t] = 0;
      for (int k = 0; k < 4; k++) {
        w[t] = w[t] << 8 | bytes[offset + 4 * t + k] & 0xff;
      }
    }
    for (int t = 16; t < 68; t++) {
      int x = w[t - 16] ^ w[t - 9] ^ Integer.rotateLeft(w[t - 3], 15);
      x ^= Integer.rotateLeft(x, 15) ^ Integer.rotateLeft(x, 23);
      w[t] = x ^ Integer.rotateLeft(w[t - 13], 7) ^ w[t - 6];
    }
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    for (int t = 0; t < 64; t++) {
      int constant = Integer.rotateLeft(t < 16 ? 0x79cc4519 : 0x7a879d8a, t);
      int r = Integer.rotateLeft(a, 12);
      int s = Integer.rotateLeft(r + e + constant, 7);
      int ff = t < 16 ? a ^ b ^ c : a & b | a & c | b & c;
      int gg = t < 16 ? e ^ f ^ g : e & f | ~e & g;
      int x = ff + d + (s ^ r) + (w[t] ^ w[t + 4]);
      int y = gg + h + s + w[t];
      d = c;
      c = Integer.rotateLeft(b, 9);
      b = a;
      a = x;
      h = g;
      g = Integer.rotateLeft(f, 19);
      f = e;
      e = y ^ Integer.rotateLeft(y, 9) ^ Integer.rotateLeft(y, 17);
    }
    state[0] ^= a;
    state[1] ^= b;
    state[2] ^= c;
    state[3] ^= d;
    state[4] ^= e;
    state[5] ^= f;
    state[6] ^= g;
    state[7] ^= h;
  }
}
