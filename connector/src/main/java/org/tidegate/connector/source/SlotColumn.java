package org.tidegate.connector.source;

import java.math.BigInteger;
import java.util.Arrays;

/** One slot's integers as they arrive, packed at a fixed width. */
final class SlotColumn {
  /** A double is m·2^e with e ≥ −1074. */
  private static final int DOUBLE_SCALE = 1074;

  private static final int MANTISSA_BITS = 52;

  private final FragmentRunner.Slot slot;
  private byte[] data;
  private int rows;

  SlotColumn(FragmentRunner.Slot slot) {
    this.slot = slot;
    this.data = new byte[Math.multiplyExact(slot.widthBytes(), 1 << 10)];
  }

  void add(long value, boolean isNewRow) {
    if (!isNewRow || slot.widthBytes() < Long.BYTES) {
      add(BigInteger.valueOf(value), isNewRow);
      return;
    }
    int start = newRow();
    int end = start + slot.widthBytes();
    Arrays.fill(data, start, end - Long.BYTES, (byte) (value < 0 ? -1 : 0));
    for (int i = 0; i < Long.BYTES; i++) {
      data[end - 1 - i] = (byte) (value >>> (8 * i));
    }
  }

  void add(BigInteger value, boolean isNewRow) {
    int width = slot.widthBytes();
    int start = isNewRow ? newRow() : (rows - 1) * width;
    BigInteger sum = isNewRow ? value : value.add(new BigInteger(data, start, width));
    if (sum.bitLength() >= 8 * width) {
      throw new SourceException(
          "source.range",
          "a value of "
              + slot.name()
              + " needs "
              + (sum.bitLength() + 1)
              + " bits, more than its type in the plan allows ("
              + 8 * width
              + "); the file has changed since it was published: publish it again");
    }
    byte[] bytes = sum.toByteArray();
    int pad = start + width - bytes.length;
    Arrays.fill(data, start, pad, (byte) (sum.signum() < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, data, pad, bytes.length);
  }

  void add(double value, boolean isNewRow) {
    if (!Double.isFinite(value)) {
      throw new SourceException(
          "source.range",
          slot.name()
              + " has a value that is infinite or not a number (NaN), which has no exact sum;"
              + " leave such rows out with a WHERE condition");
    }
    add(exact(value), isNewRow);
  }

  /** value · 2^1074, an integer for every finite double. */
  static BigInteger exact(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> MANTISSA_BITS) & 0x7ff;
    long mantissa = bits & ((1L << MANTISSA_BITS) - 1);
    // Subnormal numbers have no hidden bit, and the exponent of the smallest normal ones.
    BigInteger magnitude =
        exponent == 0
            ? BigInteger.valueOf(mantissa)
            : BigInteger.valueOf(mantissa | 1L << MANTISSA_BITS)
                .shiftLeft(exponent - 1075 + DOUBLE_SCALE);
    return bits < 0 ? magnitude.negate() : magnitude;
  }

  FragmentRows.Column column() {
    return new FragmentRows.Column(
        Arrays.copyOf(data, rows * slot.widthBytes()), slot.widthBytes());
  }

  private int newRow() {
    int width = slot.widthBytes();
    long end = (rows + 1L) * width;
    if (end > Integer.MAX_VALUE - 16) {
      throw new SourceException(
          "source.range",
          "the values of "
              + slot.name()
              + " take more than 2 GiB; narrow the query with a WHERE condition, or sum a DECIMAL"
              + " instead of a DOUBLE");
    }
    if (end > data.length) {
      data =
          Arrays.copyOf(
              data, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(end, 2L * data.length)));
    }
    return rows++ * width;
  }
}
