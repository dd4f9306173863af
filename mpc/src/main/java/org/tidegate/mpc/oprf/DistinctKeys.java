package org.tidegate.mpc.oprf;

import java.util.Arrays;
import org.tidegate.mpc.bytes.PackedBytes;

/**
 * Finds equal keys among a party's own before a run: a duplicate would show the peer a frequency.
 */
public final class DistinctKeys {
  private DistinctKeys() {}

  /** For each row the first row that has the same key. */
  public static int[] firstRows(PackedBytes keys) {
    int rows = keys.rows();
    int[] first = new int[rows];
    int[] slots = new int[Integer.highestOneBit(Math.max(8, rows)) << 2]; // row + 1, or 0
    for (int row = 0; row < rows; row++) {
      long hash = 0x9e37_79b9_7f4a_7c15L;
      for (int i = keys.start(row); i < keys.start(row) + keys.length(row); i++) {
        hash = (hash ^ keys.data()[i]) * 0xff51_afd7_ed55_8ccdL;
        hash ^= hash >>> 29;
      }
      int slot = (int) (hash >>> 20) & slots.length - 1;
      while (slots[slot] != 0 && !same(keys, row, slots[slot] - 1)) {
        slot = slot + 1 & slots.length - 1;
      }
      if (slots[slot] == 0) {
        slots[slot] = row + 1;
      }
      first[row] = slots[slot] - 1;
    }
    return first;
  }

  /** The rows that are the first with their key, ascending. */
  public static int[] distinctRows(int[] firstRows) {
    int[] rows = new int[firstRows.length];
    int count = 0;
    for (int row = 0; row < firstRows.length; row++) {
      if (firstRows[row] == row) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /**
   * Checks that no key is there twice.
   *
   * @throws IllegalArgumentException naming two equal rows
   */
  public static void require(PackedBytes keys) {
    int[] first = firstRows(keys);
    for (int row = 0; row < first.length; row++) {
      if (first[row] != row) {
        throw new IllegalArgumentException(
            "rows "
                + first[row]
                + " and "
                + row
                + " have the same key; aggregate by key before the join");
      }
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
