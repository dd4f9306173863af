package org.tidegate.mpc.curve;

import java.math.BigInteger;
import org.tidegate.mpc.bytes.BigEndian;

/**
 * A scalar k below an order n as a sign and 64 odd digits in −15..15: k = ±Σ digit[i]·16^i modulo
 * n. Nothing branches on the scalar.
 *
 * <p>Of k and n − k one is odd. With digit[i] = 2·e[i] − 15 the sum is 2·e − (2^256 − 1), where the
 * e[i] are the hexadecimal digits of e: for odd k, e = (k − 1)/2 + 2^255. The highest digit is
 * positive.
 */
final class OddDigits {
  static final int COUNT = 64;

  /** Least significant first. */
  final byte[] digits = new byte[COUNT];

  /** 1 if the digits are those of n − k, else 0. */
  final int negated;

  /**
   * Recodes.
   *
   * @param scalar 32 bytes, little-endian
   * @throws IllegalArgumentException if it is not within 1 and n − 1
   */
  OddDigits(byte[] scalar, BigInteger order) {
    if (scalar.length != Group.SCALAR_BYTES) {
      throw new IllegalArgumentException("a scalar has 32 bytes, this one has " + scalar.length);
    }
    negated = recode(digits, scalar, 0, words(order));
  }

  /** The four words of an order, the lowest first. */
  static long[] words(BigInteger order) {
    long[] words = new long[4];
    for (int i = 0; i < 4; i++) {
      words[i] = order.shiftRight(64 * i).longValue();
    }
    return words;
  }

  /**
   * The digits of the scalar at {@code offset}.
   *
   * @param digits receives {@value #COUNT}
   * @param order its {@link #words}
   * @return 1 if the digits are those of n − k, else 0
   * @throws IllegalArgumentException if the scalar is not within 1 and n − 1
   */
  static int recode(byte[] digits, byte[] scalars, int offset, long[] order) {
    long even = (scalars[offset] & 1L) - 1;
    long[] odd = new long[4];
    long any = 0;
    long same = 0;
    long borrow = 0;
    for (int i = 0; i < 4; i++) {
      long word = BigEndian.readLongLittle(scalars, offset + 8 * i);
      long n = order[i];
      // n − k; the borrow as in Hacker's Delight, 2-13.
      long first = n - word;
      long difference = first - borrow;
      borrow =
          (~n & word | (~n | word) & first) >>> 63
              | (~first & borrow | (~first | borrow) & difference) >>> 63;
      odd[i] = difference & even | word & ~even;
      any |= word;
      same |= word ^ n;
    }
    if ((borrow | (any | -any) >>> 63 ^ 1) != 0 || same == 0) {
      throw new IllegalArgumentException("the scalar is not within 1 and the group's order less 1");
    }
    for (int i = 0; i < 4; i++) {
      long half = odd[i] >>> 1 | (i < 3 ? odd[i + 1] << 63 : 1L << 63);
      for (int k = 0; k < 16; k++) {
        digits[16 * i + k] = (byte) (2 * (half >>> 4 * k & 15) - 15);
      }
    }
    return (int) (even & 1);
  }
}
