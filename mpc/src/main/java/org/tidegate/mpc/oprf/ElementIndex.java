package org.tidegate.mpc.oprf;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.random.SecretRandom;

/**
 * Finds byte strings of one width in a list: open addressing over a multilinear hash with secret
 * coefficients, so that a peer cannot choose strings that collide.
 */
public final class ElementIndex {
  private final byte[] list;
  private final int width;
  private final int[] slots; // row + 1, or 0
  private final long[] coefficients;
  private boolean distinct = true;

  /**
   * Indexes a list.
   *
   * @param list rows of {@code width} bytes each; kept, not copied
   * @param width a multiple of 8
   */
  public ElementIndex(byte[] list, int width, SecretRandom random) {
    this.list = list;
    this.width = width;
    int rows = list.length / width;
    this.slots = new int[Integer.highestOneBit(Math.max(8, rows)) << 2];
    this.coefficients = new long[width / 8 + 1];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = BigEndian.readLong(random.nextBytes(8), 0) | 1;
    }
    for (int row = 0; row < rows; row++) {
      int slot = slot(list, row * width);
      while (slots[slot] != 0) {
        if (same(slots[slot] - 1, list, row * width)) {
          distinct = false;
          break;
        }
        slot = slot + 1 & slots.length - 1;
      }
      if (slots[slot] == 0) {
        slots[slot] = row + 1;
      }
    }
  }

  /** Whether no string is there twice. */
  public boolean isDistinct() {
    return distinct;
  }

  /** The first row that holds the string at {@code offset}, or −1. */
  public int find(byte[] bytes, int offset) {
    int slot = slot(bytes, offset);
    while (slots[slot] != 0) {
      if (same(slots[slot] - 1, bytes, offset)) {
        return slots[slot] - 1;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return -1;
  }

  private boolean same(int row, byte[] bytes, int offset) {
    int start = row * width;
    return Arrays.equals(list, start, start + width, bytes, offset, offset + width);
  }

  private int slot(byte[] bytes, int offset) {
    long hash = coefficients[width / 8];
    for (int i = 0; i < width / 8; i++) {
      long word = BigEndian.readLong(bytes, offset + 8 * i);
      hash = (hash ^ word) * coefficients[i];
      hash ^= hash >>> 32;
    }
    return (int) (hash >>> 20) & slots.length - 1;
  }
}
