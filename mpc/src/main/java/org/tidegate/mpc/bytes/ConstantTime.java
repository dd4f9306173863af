package org.tidegate.mpc.bytes;

/** Comparison whose time depends on the lengths only. */
public final class ConstantTime {
  private ConstantTime() {}

  /** Whether both arrays have the same length and content. */
  public static boolean equal(byte[] a, byte[] b) {
    return a.length == b.length && equal(a, 0, b, 0, a.length);
  }

  /** Whether {@code length} bytes of a and of b are the same. */
  public static boolean equal(byte[] a, int aOffset, byte[] b, int bOffset, int length) {
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= a[aOffset + i] ^ b[bOffset + i];
    }
    return difference == 0;
  }
}
