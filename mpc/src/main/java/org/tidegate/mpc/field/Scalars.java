package org.tidegate.mpc.field;

import java.math.BigInteger;
import org.tidegate.mpc.bytes.BigEndian;

/**
 * Integers modulo ℓ = 2^252 + 27742317777372353535851937790883648493, the order of Ristretto255, as
 * 32 little-endian bytes in [0, ℓ).
 */
public final class Scalars {
  /** ℓ. */
  public static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** The length of a scalar. */
  public static final int BYTES = 32;

  private static final long[] ORDER_WORDS = words(ORDER);

  private Scalars() {}

  private static long[] words(BigInteger value) {
    long[] words = new long[4];
    for (int i = 0; i < 4; i++) {
      words[i] = value.shiftRight(64 * i).longValue();
    }
    return words;
  }

  /** Whether the 32 bytes are below ℓ. */
  public static boolean isCanonical(byte[] scalar) {
    long borrow = 0;
    for (int i = 0; i < 4; i++) {
      long word = BigEndian.readLongLittle(scalar, 8 * i);
      long difference = word - ORDER_WORDS[i];
      long first = borrowOf(word, ORDER_WORDS[i], difference);
      long second = borrowOf(difference, borrow, difference - borrow);
      borrow = first | second;
    }
    return borrow == 1;
  }

  // The borrow of x − y = d in 64 bits [Hacker's Delight, 2-13].
  private static long borrowOf(long x, long y, long d) {
    return (~x & y | (~x | y) & d) >>> 63;
  }

  /** Whether all bytes are 0. */
  public static boolean isZero(byte[] scalar) {
    int any = 0;
    for (byte b : scalar) {
      any |= b;
    }
    return any == 0;
  }

  /** k/2 modulo ℓ: (k + ℓ·(k mod 2)) / 2, without a branch. */
  public static byte[] half(byte[] scalar) {
    long odd = -(scalar[0] & 1L);
    long[] sum = new long[4];
    long carry = 0;
    for (int i = 0; i < 4; i++) {
      long word = BigEndian.readLongLittle(scalar, 8 * i);
      long add = ORDER_WORDS[i] & odd;
      long s = word + add;
      long c1 = (word & add | (word | add) & ~s) >>> 63;
      long t = s + carry;
      long c2 = (s & carry | (s | carry) & ~t) >>> 63;
      sum[i] = t;
      carry = c1 | c2;
    }
    byte[] half = new byte[BYTES];
    for (int i = 0; i < 4; i++) {
      long high = i < 3 ? sum[i + 1] << 63 : 0;
      BigEndian.writeLongLittle(half, 8 * i, sum[i] >>> 1 | high);
    }
    return half;
  }

  /** The number. */
  public static BigInteger toInteger(byte[] scalar) {
    byte[] reversed = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      reversed[i] = scalar[BYTES - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  /** The scalar of a number in [0, ℓ). */
  public static byte[] fromInteger(BigInteger value) {
    byte[] big = new byte[BYTES];
    BigEndian.writeUnsigned(value, big, 0, BYTES);
    byte[] scalar = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      scalar[i] = big[BYTES - 1 - i];
    }
    return scalar;
  }
}
