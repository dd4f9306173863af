package org.tidegate.mpc.bytes;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

/**
 * A column of byte strings, packed: row i is {@code data[offsets[i], offsets[i + 1])}. Both arrays
 * are shared with the caller, who must not change them.
 *
 * @param data the bytes of all rows, one after the other
 * @param offsets rows + 1 non-decreasing positions, the first 0, the last at most {@code
 *     data.length}
 */
@SuppressWarnings("ArrayRecordComponent") // a column view: compared by nobody, copied never
public record PackedBytes(byte[] data, int[] offsets) {
  /** Checks the offsets. */
  public PackedBytes {
    Objects.requireNonNull(data);
    if (offsets.length == 0 || offsets[0] != 0) {
      throw new IllegalArgumentException("offsets of a packed column start with 0");
    }
    for (int i = 1; i < offsets.length; i++) {
      if (offsets[i] < offsets[i - 1]) {
        throw new IllegalArgumentException("offset " + i + " of a packed column goes backwards");
      }
    }
    if (offsets[offsets.length - 1] > data.length) {
      throw new IllegalArgumentException("the last row of a packed column ends behind its data");
    }
  }

  /** Packs the rows in the order of iteration. */
  public static PackedBytes of(Collection<byte[]> rows) {
    int[] offsets = new int[rows.size() + 1];
    long total = 0;
    int i = 0;
    for (byte[] row : rows) {
      total += row.length;
      if (total > Integer.MAX_VALUE - 16) {
        throw new IllegalArgumentException("a packed column holds less than 2 GiB");
      }
      offsets[++i] = (int) total;
    }
    byte[] data = new byte[(int) total];
    i = 0;
    for (byte[] row : rows) {
      System.arraycopy(row, 0, data, offsets[i++], row.length);
    }
    return new PackedBytes(data, offsets);
  }

  /** How many rows. */
  public int rows() {
    return offsets.length - 1;
  }

  /** Where row {@code row} starts in the data. */
  public int start(int row) {
    return offsets[row];
  }

  /** The length of row {@code row} in bytes. */
  public int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  /** A copy of row {@code row}. */
  public byte[] row(int row) {
    return Arrays.copyOfRange(data, offsets[row], offsets[row + 1]);
  }

  /** Never the content. */
  @Override
  public String toString() {
    return "PackedBytes[rows=" + rows() + "]";
  }
}
