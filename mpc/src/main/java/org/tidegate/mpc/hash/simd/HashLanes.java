package org.tidegate.mpc.hash.simd;

import static org.tidegate.mpc.lane.Compression.BLOCK_WORDS;
import static org.tidegate.mpc.lane.Compression.STATE_WORDS;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.tidegate.mpc.hash.BatchHash;
import org.tidegate.mpc.lane.Compression;

/**
 * {@link BatchHash} in vector lanes: SHA-256 or SM3, by the compression function it is given. Both
 * pad alike: a one bit, zeros, and the length in bits as 64 bits at the end of the last 64-byte
 * block.
 */
public final class HashLanes implements BatchHash {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle PAIRS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int BLOCK_BYTES = 4 * BLOCK_WORDS;

  private final Compression compression;
  private final int lanes;
  private final int[] initial;

  /** Runs on the given compression function. */
  public HashLanes(Compression compression) {
    this.compression = compression;
    lanes = compression.lanes();
    initial = new int[STATE_WORDS * lanes];
    for (int i = 0; i < initial.length; i++) {
      initial[i] = compression.initial(i / lanes);
    }
  }

  @Override
  public void hash(
      byte[] in, int inOffset, int messageBytes, byte[] out, int outOffset, int count) {
    int[] state = new int[initial.length];
    int[] schedule = new int[compression.scheduleWords() * lanes];
    int blocks = (int) ((messageBytes + 9L + BLOCK_BYTES - 1) / BLOCK_BYTES);
    for (int start = 0; start < count; start += lanes) {
      int group = Math.min(lanes, count - start);
      System.arraycopy(initial, 0, state, 0, initial.length);
      int from = inOffset + start * messageBytes;
      for (int block = 0; block < blocks; block++) {
        // What pads a single block is the same for all groups and stays in the schedule.
        if (blocks > 1 || start == 0) {
          pad(schedule, messageBytes, block, block == blocks - 1);
        }
        load(schedule, in, from, messageBytes, block, group);
        compression.compress(state, schedule);
      }
      for (int lane = 0; lane < group; lane++) {
        int at = outOffset + (start + lane) * DIGEST_BYTES;
        for (int i = 0; i < STATE_WORDS; i += 2) {
          long high = state[i * lanes + lane];
          PAIRS.set(out, at + 4 * i, high << 32 | state[(i + 1) * lanes + lane] & 0xffffffffL);
        }
      }
    }
  }

  /** Sets the words of a block that no message fills, alike in all lanes. */
  private void pad(int[] schedule, int messageBytes, int block, boolean last) {
    int rest = messageBytes - BLOCK_BYTES * block;
    int whole = Math.clamp(rest / 4, 0, BLOCK_WORDS);
    Arrays.fill(schedule, whole * lanes, BLOCK_WORDS * lanes, 0);
    if (rest >= 0 && rest % 4 == 0 && whole < BLOCK_WORDS) {
      Arrays.fill(schedule, whole * lanes, (whole + 1) * lanes, 0x80000000);
    }
    if (last) {
      long bits = 8L * messageBytes;
      Arrays.fill(schedule, 14 * lanes, 15 * lanes, (int) (bits >>> 32));
      Arrays.fill(schedule, 15 * lanes, 16 * lanes, (int) bits);
    }
  }

  /** Brings one block of each message into lane order; unused lanes keep what they had. */
  private void load(int[] schedule, byte[] in, int from, int messageBytes, int block, int group) {
    int start = BLOCK_BYTES * block;
    int whole = Math.clamp((messageBytes - start) / 4, 0, BLOCK_WORDS);
    int rest = whole == BLOCK_WORDS ? 0 : Math.max(0, messageBytes - start - 4 * whole);
    for (int lane = 0; lane < group; lane++) {
      int at = from + lane * messageBytes + start;
      for (int i = 0; i < whole; i++) {
        schedule[i * lanes + lane] = (int) WORDS.get(in, at + 4 * i);
      }
      if (rest > 0) {
        int word = 0x80 << 24 - 8 * rest;
        for (int k = 0; k < rest; k++) {
          word |= (in[at + 4 * whole + k] & 0xff) << 24 - 8 * k;
        }
        schedule[whole * lanes + lane] = word;
      }
    }
  }
}
