package org.tidegate.mpc.bytes;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * A column of signed integers of one width: row i is the big-endian two's complement number in
 * {@code data[i·widthBytes, (i + 1)·widthBytes)}. The array is shared with the caller, who must not
 * change it.
 *
 * @param data rows × widthBytes bytes
 * @param widthBytes at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // a column view: compared by nobody, copied never
public record IntegerColumn(byte[] data, int widthBytes) {
  /** Checks that the data is a whole number of rows. */
  public IntegerColumn {
    if (widthBytes < 1 || data.length % widthBytes != 0) {
      throw new IllegalArgumentException(
          data.length + " bytes are no whole number of integers of " + widthBytes + " bytes");
    }
  }

  /** A column of 64-bit integers. */
  public static IntegerColumn of(long... values) {
    byte[] data = new byte[Math.multiplyExact(values.length, 8)];
    for (int i = 0; i < values.length; i++) {
      BigEndian.writeLong(data, 8 * i, values[i]);
    }
    return new IntegerColumn(data, 8);
  }

  /**
   * A column of integers of at most {@code 8·widthBytes − 1} bits and sign.
   *
   * @throws IllegalArgumentException naming the first row that does not fit
   */
  public static IntegerColumn of(List<BigInteger> values, int widthBytes) {
    byte[] data = new byte[Math.multiplyExact(values.size(), widthBytes)];
    for (int i = 0; i < values.size(); i++) {
      BigInteger value = values.get(i);
      if (value.bitLength() >= 8 * widthBytes) {
        throw new IllegalArgumentException(
            "row " + i + " has " + value.bitLength() + " bits, too many for its column");
      }
      byte[] bytes = value.toByteArray();
      int start = widthBytes * i;
      int pad = widthBytes - bytes.length;
      Arrays.fill(data, start, start + pad, (byte) (value.signum() < 0 ? -1 : 0));
      System.arraycopy(bytes, 0, data, start + pad, bytes.length);
    }
    return new IntegerColumn(data, widthBytes);
  }

  /** How many rows. */
  public int rows() {
    return data.length / widthBytes;
  }

  /** The number in row {@code row}. */
  public BigInteger value(int row) {
    return new BigInteger(data, row * widthBytes, widthBytes);
  }

  /** Never the content. */
  @Override
  public String toString() {
    return "IntegerColumn[rows=" + rows() + ", widthBytes=" + widthBytes + "]";
  }
}
