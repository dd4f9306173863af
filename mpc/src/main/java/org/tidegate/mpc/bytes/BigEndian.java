package org.tidegate.mpc.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Integers in big-endian byte order, and 64-bit words in little-endian order. */
public final class BigEndian {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private BigEndian() {}

  /** The four bytes at {@code offset}. */
  public static int readInt(byte[] from, int offset) {
    return (int) INT.get(from, offset);
  }

  /** Writes four bytes. */
  public static void writeInt(byte[] to, int offset, int value) {
    INT.set(to, offset, value);
  }

  /** The eight bytes at {@code offset}. */
  public static long readLong(byte[] from, int offset) {
    return (long) LONG.get(from, offset);
  }

  /** Writes eight bytes. */
  public static void writeLong(byte[] to, int offset, long value) {
    LONG.set(to, offset, value);
  }

  /** The eight bytes at {@code offset}, least significant first. */
  public static long readLongLittle(byte[] from, int offset) {
    return (long) LONG_LITTLE.get(from, offset);
  }

  /** Writes eight bytes, least significant first. */
  public static void writeLongLittle(byte[] to, int offset, long value) {
    LONG_LITTLE.set(to, offset, value);
  }

  /** The non-negative integer in {@code length} bytes. */
  public static BigInteger readUnsigned(byte[] from, int offset, int length) {
    return new BigInteger(1, from, offset, length);
  }

  /**
   * Writes a non-negative integer into exactly {@code length} bytes.
   *
   * @throws IllegalArgumentException if it is negative or does not fit
   */
  public static void writeUnsigned(BigInteger value, byte[] to, int offset, int length) {
    if (value.signum() < 0 || value.bitLength() > 8 * length) {
      throw new IllegalArgumentException(
          "an integer of " + value.bitLength() + " bits does not fit into " + length + " bytes");
    }
    byte[] bytes = value.toByteArray();
    int skip = Math.max(0, bytes.length - length);
    int pad = length - (bytes.length - skip);
    Arrays.fill(to, offset, offset + pad, (byte) 0);
    System.arraycopy(bytes, skip, to, offset + pad, bytes.length - skip);
  }
}
