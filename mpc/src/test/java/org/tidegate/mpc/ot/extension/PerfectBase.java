package org.tidegate.mpc.ot.extension;

import java.util.Random;
import org.tidegate.mpc.session.Session;

/** Both roles on keys as perfect base transfers would give them, without running any. */
public final class PerfectBase {
  private static final int KEY_BYTES = 16;

  private PerfectBase() {}

  private static long[] deltas(int instances) {
    return new Random(5).longs(2L * instances).toArray();
  }

  private static byte[] keys(int instances) {
    byte[] keys = new byte[2 * KEY_BYTES * 128 * instances];
    new Random(6).nextBytes(keys);
    return keys;
  }

  /** The role that holds Δ. */
  public static BitVoleSender sender(
      Session session, ExtensionParameters parameters, String use, int... counts) {
    long[] deltas = deltas(counts.length);
    byte[] both = keys(counts.length);
    byte[] chosen = new byte[both.length / 2];
    for (int i = 0; i < chosen.length / KEY_BYTES; i++) {
      int choice = (int) (~deltas[i >> 6] >>> i & 1);
      int from = KEY_BYTES * (2 * i + choice);
      System.arraycopy(both, from, chosen, KEY_BYTES * i, KEY_BYTES);
    }
    return new BitVoleSender(session, parameters, use, counts, deltas, chosen);
  }

  /** The role that chooses the bits. */
  public static BitVoleReceiver receiver(
      Session session, ExtensionParameters parameters, String use, int... counts) {
    return new BitVoleReceiver(session, parameters, use, counts, keys(counts.length));
  }
}
