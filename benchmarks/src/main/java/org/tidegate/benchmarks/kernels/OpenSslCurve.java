package org.tidegate.benchmarks.kernels;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.math.BigInteger;
import org.tidegate.mpc.lane.SparsePrime;

/** Points of P-256 and SM2 by OpenSSL's own curve code, without what its key objects add. */
final class OpenSslCurve {
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
  private static final int NID_P256 = 415;
  private static final int NID_SM2 = 1172;

  /** How points are written [SEC 1, 2.3.3]. */
  enum Format {
    COMPRESSED(2, 33),
    UNCOMPRESSED(4, 65);

    private final int code;
    private final int bytes;

    Format(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }
  }

  private final MethodHandle decode =
      function(
          "EC_POINT_oct2point",
          FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, SIZE, POINTER));
  private final MethodHandle multiply =
      function(
          "EC_POINT_mul",
          FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER));
  private final MethodHandle encode =
      function(
          "EC_POINT_point2oct",
          FunctionDescriptor.of(SIZE, POINTER, POINTER, INT, POINTER, SIZE, POINTER));
  private final MemorySegment group;
  private final MemorySegment point;
  private final MemorySegment scalar;
  private final MemorySegment context;
  private final MemorySegment buffer = Arena.global().allocate(65);

  OpenSslCurve(SparsePrime prime, BigInteger scalar) {
    try {
      context =
          (MemorySegment) function("BN_CTX_new", FunctionDescriptor.of(POINTER)).invokeExact();
      group =
          (MemorySegment)
              function("EC_GROUP_new_by_curve_name", FunctionDescriptor.of(POINTER, INT))
                  .invokeExact(prime == SparsePrime.P256 ? NID_P256 : NID_SM2);
      point =
          (MemorySegment)
              function("EC_POINT_new", FunctionDescriptor.of(POINTER, POINTER)).invokeExact(group);
      byte[] big = scalar.toByteArray();
      MemorySegment raw = Arena.global().allocateFrom(ValueLayout.JAVA_BYTE, big);
      this.scalar =
          (MemorySegment)
              function("BN_bin2bn", FunctionDescriptor.of(POINTER, POINTER, INT, POINTER))
                  .invokeExact(raw, big.length, MemorySegment.NULL);
    } catch (Throwable e) {
      throw NativeLibraries.failed(e);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return NativeLibraries.function("libcrypto.so.3", name, descriptor);
  }

  /** Writes a compressed point in another format. */
  void convert(byte[] in, int inOffset, byte[] out, int outOffset, Format format) {
    try {
      read(in, inOffset, Format.COMPRESSED);
      write(out, outOffset, format);
    } catch (Throwable e) {
      throw NativeLibraries.failed(e);
    }
  }

  void multiply(byte[] in, int inOffset, byte[] out, int outOffset, Format format) {
    try {
      read(in, inOffset, format);
      int ok = (int) multiply.invokeExact(group, point, MemorySegment.NULL, point, scalar, context);
      if (ok != 1) {
        throw new IllegalStateException("EC_POINT_mul failed");
      }
      write(out, outOffset, format);
    } catch (Throwable e) {
      throw NativeLibraries.failed(e);
    }
  }

  private void read(byte[] in, int offset, Format format) throws Throwable {
    MemorySegment.copy(in, offset, buffer, ValueLayout.JAVA_BYTE, 0, format.bytes);
    int ok = (int) decode.invokeExact(group, point, buffer, (long) format.bytes, context);
    if (ok != 1) {
      throw new IllegalStateException("EC_POINT_oct2point failed");
    }
  }

  private void write(byte[] out, int offset, Format format) throws Throwable {
    long bytes =
        (long) encode.invokeExact(group, point, format.code, buffer, (long) format.bytes, context);
    if (bytes != format.bytes) {
      throw new IllegalStateException("EC_POINT_point2oct failed");
    }
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, out, offset, format.bytes);
  }
}
