package org.tidegate.mpc.oprf;

import java.util.Arrays;
import org.tidegate.mpc.bytes.PackedBytes;

/** Checks a party's own keys before a run. */
public final class DistinctKeys {
  private DistinctKeys() {}

  /**
   * Checks that no key is there twice: a duplicate would show the peer a frequency.
   *
   * @throws IllegalArgumentException naming two equal rows
   */
  public static void require(PackedBytes keys) {
    int rows = keys.rows();
    int[] slots = new int[Integer.highestOneBit(Math.max(8, rows)) << 2];
    for (int row = 0; row < rows; row++) {
      long hash = 0x9e37_79b9_7f4a_7c15L;
      for (int i = keys.start(row); i < keys.start(row) + keys.length(row); i++) {
        hash = (hash ^ keys.data()[i]) * 0xff51_afd7_ed55_8ccdL;
        hash ^= hash >>> 29;
      }
      int slot = (int) (hash >>> 20) & slots.length - 1;
      while (slots[slot] != 0) {
        int other = slots[slot] - 1;
        if (same(keys, row, other)) {
          throw new IllegalArgumentException(
              "rows "
                  + other
                  + " and "
                  + row
                  + " have the same key; aggregate by key before the join");
        }
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = row + 1;
    }
  }

  private static boolean same(PackedBytes keys, int a, int b) {
    return Arrays.equals(
        keys.data(),
        keys.start(a),
        keys.start(a) + keys.length(a),
        keys.data(),
        keys.start(b),
        keys.start(b) + keys.length(b));
  }
}
