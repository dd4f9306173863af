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

  private final Compression compression;
  private final int lanes;

  /** Runs on the given compression function. */
  public HashLanes(Compression compression) {
    this.compression = compression;
    lanes = compression.lanes();
  }

  @Override
  public void hash(
      byte[] in, int inOffset, int messageBytes, byte[] out, int outOffset, int count) {
    int[] state = new int[STATE_WORDS * lanes];
    int[] schedule = new int[compression.scheduleWords() * lanes];
    int blocks = (int) ((messageBytes + 9L + 4 * BLOCK_WORDS - 1) / (4 * BLOCK_WORDS));
    for (int start = 0; start < count; start += lanes) {
      int group = Math.min(lanes, count - start);
      for (int i = 0; i < STATE_WORDS; i++) {
        Arrays.fill(state, i * lanes, (i + 1) * lanes, compression.initial(i));
      }
      int from = inOffset + start * messageBytes;
      for (int block = 0; block < blocks; block++) {
        load(schedule, in, from, messageBytes, block, block == blocks - 1, group);
        compression.compress(state, schedule);
      }
      for (int lane = 0; lane < group; lane++) {
        int at = outOffset + (start + lane) * DIGEST_BYTES;
        for (int i = 0; i < STATE_WORDS; i++) {
          WORDS.set(out, at + 4 * i, state[i * lanes + lane]);
        }
      }
    }
  }

  /** Brings one block of each message, padded, into lane order; unused lanes keep what they had. */
  private void load(
      int[] schedule, byte[] in, int from, int messageBytes, int block, boolean last, int group) {
    int start = 4 * BLOCK_WORDS * block;
    int whole = Math.clamp((messageBytes - start) / 4, 0, BLOCK_WORDS);
    for (int lane = 0; lane < group; lane++) {
      int at = from + lane * messageBytes + start;
      for (int i = 0; i < whole; i++) {
        schedule[i * lanes + lane] = (int) WORDS.get(in, at + 4 * i);
      }
    }
    if (whole == BLOCK_WORDS) {
      return;
    }
    Arrays.fill(schedule, whole * lanes, BLOCK_WORDS * lanes, 0);
    int rest = messageBytes - start - 4 * whole;
    // A negative rest: the one bit went into the block before.
    if (rest >= 0) {
      for (int lane = 0; lane < group; lane++) {
        int at = from + lane * messageBytes + start + 4 * whole;
        int word = 0x80 << 24 - 8 * rest;
        for (int k = 0; k < rest; k++) {
          word |= (in[at + k] & 0xff) << 24 - 8 * k;
        }
        schedule[whole * lanes + lane] = word;
      }
    }
    if (last) {
      long bits = 8L * messageBytes;
      Arrays.fill(schedule, 14 * lanes, 15 * lanes, (int) (bits >>> 32));
      Arrays.fill(schedule, 15 * lanes, 16 * lanes, (int) bits);
    }
  }
}
