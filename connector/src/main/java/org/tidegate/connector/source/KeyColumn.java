package org.tidegate.connector.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys as they arrive, packed into one growing array. */
final class KeyColumn {
  private static final int LARGEST = Integer.MAX_VALUE - 16;

  private byte[] data = new byte[1 << 16];
  private int[] offsets = new int[1 << 12];
  private int rows;

  /**
   * Adds a key, unless it is the one before.
   *
   * @return whether a row was added
   */
  boolean add(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    int end = offsets[rows];
    if (rows > 0 && Arrays.equals(data, offsets[rows - 1], end, bytes, 0, bytes.length)) {
      return false;
    }
    if ((long) end + bytes.length > LARGEST) {
      throw new SourceException(
          "source.range",
          "the keys of this query take more than 2 GiB; narrow it with a WHERE condition");
    }
    if (end + bytes.length > data.length) {
      long wanted = Math.max(2L * data.length, (long) end + bytes.length);
      data = Arrays.copyOf(data, (int) Math.min(LARGEST, wanted));
    }
    System.arraycopy(bytes, 0, data, end, bytes.length);
    if (rows + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
    }
    offsets[++rows] = end + bytes.length;
    return true;
  }

  int rows() {
    return rows;
  }

  byte[] data() {
    return Arrays.copyOf(data, offsets[rows]);
  }

  int[] offsets() {
    return Arrays.copyOf(offsets, rows + 1);
  }
}
