package org.tidegate.benchmarks.psi;

import java.util.Arrays;
import org.tidegate.mpc.bytes.PackedBytes;

/** Which keys are there: their bytes compared, nothing else, in a few bytes a key. */
final class KeySet {
  private final PackedBytes keys;
  private final int[] slots; // row + 1, or 0

  KeySet(PackedBytes keys) {
    this.keys = keys;
    slots = new int[Integer.highestOneBit(Math.max(4, keys.rows())) << 1];
    for (int row = 0; row < keys.rows(); row++) {
      int slot = slot(keys, row);
      while (slots[slot] != 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = row + 1;
    }
  }

  boolean contains(PackedBytes others, int row) {
    int slot = slot(others, row);
    while (slots[slot] != 0 && !equal(keys, slots[slot] - 1, others, row)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slots[slot] != 0;
  }

  static boolean equal(PackedBytes a, int rowA, PackedBytes b, int rowB) {
    return Arrays.equals(
        a.data(),
        a.start(rowA),
        a.start(rowA) + a.length(rowA),
        b.data(),
        b.start(rowB),
        b.start(rowB) + b.length(rowB));
  }

  private int slot(PackedBytes of, int row) {
    long hash = 0;
    for (int i = of.start(row); i < of.start(row) + of.length(row); i++) {
      hash = (hash ^ of.data()[i]) * 0x9e37_79b9_7f4a_7c15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash >>> 16) & slots.length - 1;
  }
}
