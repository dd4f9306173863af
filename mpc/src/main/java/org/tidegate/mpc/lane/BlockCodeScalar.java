package org.tidegate.mpc.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** {@link BlockCode} one block after the other: the reference of the vector versions. */
public final class BlockCodeScalar implements BlockCode {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  public void convolve(long[] blocks, int from, int count, byte[] taps) {
    for (int i = from; i < from + count; i++) {
      int group = (i - from) / GROUP * TAP_BYTES;
      int lane = (i - from) % GROUP;
      long low = blocks[2 * i] ^ blocks[2 * (i - STATE)];
      long high = blocks[2 * i + 1] ^ blocks[2 * (i - STATE) + 1];
      for (int s = 1; s < STATE; s++) {
        int shift = 4 * (s - 1 & 1) + lane;
        long mask = -(long) (taps[group + (s - 1) / 2] >>> shift & 1);
        low ^= blocks[2 * (i - s)] & mask;
        high ^= blocks[2 * (i - s) + 1] & mask;
      }
      blocks[2 * i] = low;
      blocks[2 * i + 1] = high;
    }
  }

  @Override
  public void gather(
      long[] blocks, int start, int size, byte[] words, long[] sums, int to, int count) {
    for (int i = 0; i < count; i++) {
      long word = (int) WORD.get(words, 4 * i) & 0xffffffffL;
      int from = 2 * (start + (int) (word * size >>> 32));
      sums[2 * (to + i)] ^= blocks[from];
      sums[2 * (to + i) + 1] ^= blocks[from + 1];
    }
  }
}
