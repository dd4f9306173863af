package org.tidegate.mpc.oprf;

import java.util.Arrays;
import org.tidegate.mpc.bytes.BigEndian;

/**
 * Finds uniform byte strings of one width in a list of such: tags, tokens. Open addressing, where a
 * slot has a part of the string beside its row, so that a string that is not there costs one look.
 * The list's strings are outputs of a random oracle, which a peer can guess at but not choose, and
 * they alone make the table.
 */
public final class TagIndex {
  /** The least width. */
  public static final int MIN_BYTES = 8;

  private static final int CHUNK = 256;

  private final byte[] list;
  private final int width;
  private final long[] slots; // bytes 4 to 7 of the string, then row + 1; or 0

  /**
   * An empty index.
   *
   * @param list rows of {@code width} bytes each; kept, not copied
   * @param width at least {@link #MIN_BYTES}
   * @param rows the most that will be added
   */
  public TagIndex(byte[] list, int width, int rows) {
    if (width < MIN_BYTES) {
      throw new IllegalArgumentException("strings have at least 8 bytes, not " + width);
    }
    this.list = list;
    this.width = width;
    slots = new long[Integer.highestOneBit(Math.max(4, rows - 1)) << 2];
  }

  /** Indexes the first {@code rows} rows of a list. */
  public static TagIndex of(byte[] list, int width, int rows) {
    TagIndex index = new TagIndex(list, width, rows);
    index.addAll(new int[rows]);
    return index;
  }

  /**
   * Adds the first rows of the list.
   *
   * @param first receives for each of them the row added first with the same string: itself, if
   *     there was none
   */
  public void addAll(int[] first) {
    long[] seen = new long[CHUNK];
    for (int start = 0; start < first.length; start += CHUNK) {
      int size = Math.min(CHUNK, first.length - start);
      // Brings the slots near, without a branch between them: each is likely to miss the cache.
      for (int i = 0; i < size; i++) {
        seen[i] = slots[BigEndian.readInt(list, (start + i) * width) & slots.length - 1];
      }
      for (int i = 0; i < size; i++) {
        first[start + i] = add(start + i, seen[i]);
      }
    }
  }

  /**
   * Adds a row.
   *
   * @param seen what its slot held a moment ago; rows are only ever added
   */
  private int add(int row, long seen) {
    long head = BigEndian.readLong(list, row * width);
    int slot = (int) (head >>> 32) & slots.length - 1;
    long held = seen == 0 ? slots[slot] : seen;
    while (held != 0) {
      if (held >>> 32 == (head & 0xffff_ffffL) && same((int) held - 1, list, row * width)) {
        return (int) held - 1;
      }
      slot = slot + 1 & slots.length - 1;
      held = slots[slot];
    }
    slots[slot] = head << 32 | row + 1;
    return row;
  }

  /**
   * Looks strings up.
   *
   * @param strings of the list's width, back to back
   * @param from the first of them, counted in strings
   * @param rows receives at i the row of string {@code from + i}, or −1
   * @param count how many
   */
  public void find(byte[] strings, int from, int[] rows, int count) {
    long[] seen = new long[CHUNK];
    for (int start = 0; start < count; start += CHUNK) {
      int size = Math.min(CHUNK, count - start);
      // Looks first, without a branch between them: each is likely to miss the cache.
      for (int i = 0; i < size; i++) {
        int at = (from + start + i) * width;
        seen[i] = slots[BigEndian.readInt(strings, at) & slots.length - 1];
      }
      for (int i = 0; i < size; i++) {
        rows[start + i] = seen[i] == 0 ? -1 : find(strings, (from + start + i) * width);
      }
    }
  }

  private int find(byte[] strings, int offset) {
    long head = BigEndian.readLong(strings, offset);
    int slot = (int) (head >>> 32) & slots.length - 1;
    while (slots[slot] != 0) {
      if (slots[slot] >>> 32 == (head & 0xffff_ffffL)
          && same((int) slots[slot] - 1, strings, offset)) {
        return (int) slots[slot] - 1;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return -1;
  }

  private boolean same(int row, byte[] strings, int offset) {
    return Arrays.equals(list, row * width, (row + 1) * width, strings, offset, offset + width);
  }
}
