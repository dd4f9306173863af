package org.tidegate.mpc.lane.simd;

import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.tidegate.mpc.lane.BlockCode;

/**
 * {@link BlockCode} in 512-bit vectors. Of what a group of four blocks takes from before it, all
 * that is four or more blocks away is one masked load a distance; the rest, which depends on the
 * group's own blocks, is scalar. Sums are gathered one block a load, four at a time.
 */
public final class BlockCodeLanes512 implements BlockCode {
  private static final VectorSpecies<Long> L = LongVector.SPECIES_512;
  private static final VectorSpecies<Long> B = LongVector.SPECIES_128;
  private static final int W = L.length();
  private static final int GROUP_WORDS = 2 * GROUP;
  private static final long LANES = (1L << W) - 1;
  private static final long EVERY_SECOND = 0x5555555555555555L;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  public void convolve(long[] blocks, int from, int count, byte[] taps) {
    for (int i = 0; i < count; i += GROUP) {
      int at = TAP_BYTES / GROUP * i;
      long first = (long) LONG.get(taps, at);
      long rest = (int) WORD.get(taps, at + 8) & 0xffffffffL;
      int group = 2 * (from + i);
      for (int part = 0; part < GROUP_WORDS; part += W) {
        int to = group + part;
        LongVector sum =
            LongVector.fromArray(L, blocks, to)
                .lanewise(XOR, LongVector.fromArray(L, blocks, to - 2 * STATE));
        sum = far(sum, blocks, to, 4, 12, doubled(first >>> 12) >>> part);
        sum = far(sum, blocks, to, 12, 20, doubled(first >>> 44 | rest << 20) >>> part);
        sum = far(sum, blocks, to, 20, STATE, doubled(rest >>> 12) >>> part);
        sum.intoArray(blocks, to);
      }
      near(blocks, group, (int) first);
    }
  }

  /** Each of the lower 32 bits twice: a block is two lanes. */
  private static long doubled(long nibbles) {
    return Long.expand(nibbles & 0xffffffffL, EVERY_SECOND) * 3;
  }

  private static LongVector far(
      LongVector start, long[] blocks, int to, int fromDistance, int toDistance, long masks) {
    LongVector sum = start;
    long mask = masks;
    for (int s = fromDistance; s < toDistance; s++) {
      sum =
          sum.lanewise(
              XOR,
              LongVector.fromArray(L, blocks, to - 2 * s),
              VectorMask.fromLong(L, mask & LANES));
      mask >>>= GROUP_WORDS;
    }
    return sum;
  }

  private static void near(long[] blocks, int group, int taps) {
    long low3 = blocks[group - 6];
    long high3 = blocks[group - 5];
    long low2 = blocks[group - 4];
    long high2 = blocks[group - 3];
    long low1 = blocks[group - 2];
    long high1 = blocks[group - 1];
    for (int j = 0; j < GROUP; j++) {
      long mask1 = -(long) (taps >>> j & 1);
      long mask2 = -(long) (taps >>> GROUP + j & 1);
      long mask3 = -(long) (taps >>> 2 * GROUP + j & 1);
      int to = group + 2 * j;
      long low = blocks[to] ^ low1 & mask1 ^ low2 & mask2 ^ low3 & mask3;
      long high = blocks[to + 1] ^ high1 & mask1 ^ high2 & mask2 ^ high3 & mask3;
      blocks[to] = low;
      blocks[to + 1] = high;
      low3 = low2;
      high3 = high2;
      low2 = low1;
      high2 = high1;
      low1 = low;
      high1 = high;
    }
  }

  @Override
  public void gather(
      long[] blocks, int start, int size, byte[] words, long[] sums, int to, int count) {
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      int p0 = place(words, i, start, size);
      int p1 = place(words, i + 1, start, size);
      int p2 = place(words, i + 2, start, size);
      int p3 = place(words, i + 3, start, size);
      int at = 2 * (to + i);
      add(blocks, p0, sums, at);
      add(blocks, p1, sums, at + 2);
      add(blocks, p2, sums, at + 4);
      add(blocks, p3, sums, at + 6);
    }
    for (; i < count; i++) {
      add(blocks, place(words, i, start, size), sums, 2 * (to + i));
    }
  }

  private static int place(byte[] words, int i, int start, int size) {
    long word = (int) WORD.get(words, 4 * i) & 0xffffffffL;
    return 2 * (start + (int) (word * size >>> 32));
  }

  private static void add(long[] blocks, int from, long[] sums, int to) {
    LongVector.fromArray(B, sums, to)
        .lanewise(XOR, LongVector.fromArray(B, blocks, from))
        .intoArray(sums, to);
  }
}
