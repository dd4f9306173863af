package org.tidegate.mpc.field;

import java.math.BigInteger;
import org.tidegate.mpc.bytes.BigEndian;

/**
 * The field of p = 2^255 − 19, on flat arrays of limbs: an element is the five longs at an offset,
 * value = Σ limb[i]·2^(51·i).
 *
 * <p>Bounds. <em>Tight</em>: every limb in [0, 2^51 + 2^17): what {@link #multiply}, {@link
 * #square}, {@link #carry} and {@link #decode} give. <em>Loose</em>: every limb in [0, 2^53.5):
 * what multiply and square accept. A sum of two tight elements is below 2^52.1; {@code a − b} is
 * computed as a + 2p − b with b tight, which is below 2^52.1 more than a; a double of a tight
 * element plus such a difference is below 2^53.4. Asserts check loose bounds wherever products are
 * made.
 *
 * <p>Products. For limbs below 2^53.5, {@code multiplyHigh(a << 6, b << 7)} = ⌊a·b / 2^51⌋ and
 * {@code a·b & (2^51 − 1)} are the two digits of a·b in radix 2^51, so columns add up in plain
 * longs: a column has at most 5 low digits below 2^51 and 5 high ones below 2^56; 19 times a column
 * of at most 4 high and 4 low ones, plus another column, is below 2^63.
 *
 * <p>Aliasing: the result may be any of the operands. No branch and no index depends on a value.
 */
public final class Field25519 {
  /** Limbs of an element. */
  public static final int LIMBS = 5;

  /** p. */
  public static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private static final long MASK = (1L << 51) - 1;
  // The limbs of 2p.
  private static final long TWO_P0 = (1L << 52) - 38;
  private static final long TWO_P = (1L << 52) - 2;
  private static final long LOOSE = 12_738_103_345_051_545L; // 2^53.5
  private static final long TIGHT = (1L << 51) + (1L << 17);

  private Field25519() {}

  private static boolean bounded(long[] a, int ao) {
    return within(a, ao, LOOSE);
  }

  private static boolean within(long[] a, int ao, long bound) {
    for (int i = 0; i < LIMBS; i++) {
      if (a[ao + i] < 0 || a[ao + i] >= bound) {
        return false;
      }
    }
    return true;
  }

  /** Puts a number modulo p at {@code ro}. For constants and tests. */
  public static void set(long[] r, int ro, BigInteger value) {
    BigInteger rest = value.mod(P);
    for (int i = 0; i < LIMBS; i++) {
      r[ro + i] = rest.longValue() & MASK;
      rest = rest.shiftRight(51);
    }
  }

  /** The number in [0, p). For constants and tests. */
  public static BigInteger get(long[] a, int ao) {
    byte[] bytes = new byte[32];
    encode(bytes, 0, a.clone(), ao);
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[i] = bytes[31 - i];
    }
    return new BigInteger(1, reversed);
  }

  /** r = a. */
  public static void copy(long[] r, int ro, long[] a, int ao) {
    System.arraycopy(a, ao, r, ro, LIMBS);
  }

  /** r = a + b; tight operands give a loose result. */
  public static void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    for (int i = 0; i < LIMBS; i++) {
      r[ro + i] = a[ao + i] + b[bo + i];
    }
  }

  /** r = a − b + 2p; b is tight. */
  public static void subtract(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    assert within(b, bo, TIGHT) : "limb bound";
    r[ro] = a[ao] + TWO_P0 - b[bo];
    for (int i = 1; i < LIMBS; i++) {
      r[ro + i] = a[ao + i] + TWO_P - b[bo + i];
    }
  }

  /** r = −a, tight; a is tight. */
  public static void negate(long[] r, int ro, long[] a, int ao) {
    assert within(a, ao, TIGHT) : "limb bound";
    fold(
        r,
        ro,
        TWO_P0 - a[ao],
        TWO_P - a[ao + 1],
        TWO_P - a[ao + 2],
        TWO_P - a[ao + 3],
        TWO_P - a[ao + 4]);
  }

  /** r = a, tight; a is loose. */
  public static void carry(long[] r, int ro, long[] a, int ao) {
    fold(r, ro, a[ao], a[ao + 1], a[ao + 2], a[ao + 3], a[ao + 4]);
  }

  // Each limb is below 2^63, so each carry below 2^12 and 19 times one below 2^17.
  private static void fold(long[] r, int ro, long c0, long c1, long c2, long c3, long c4) {
    assert (c0 | c1 | c2 | c3 | c4) >= 0 : "column bound";
    r[ro] = (c0 & MASK) + 19 * (c4 >>> 51);
    r[ro + 1] = (c1 & MASK) + (c0 >>> 51);
    r[ro + 2] = (c2 & MASK) + (c1 >>> 51);
    r[ro + 3] = (c3 & MASK) + (c2 >>> 51);
    r[ro + 4] = (c4 & MASK) + (c3 >>> 51);
  }

  /** r = a·b, tight; a, b loose. */
  public static void multiply(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    assert bounded(a, ao) && bounded(b, bo) : "limb bound";
    long a0 = a[ao + 0];
    long a1 = a[ao + 1];
    long a2 = a[ao + 2];
    long a3 = a[ao + 3];
    long a4 = a[ao + 4];
    long b0 = b[bo + 0];
    long b1 = b[bo + 1];
    long b2 = b[bo + 2];
    long b3 = b[bo + 3];
    long b4 = b[bo + 4];
    long s0 = a0 << 6;
    long s1 = a1 << 6;
    long s2 = a2 << 6;
    long s3 = a3 << 6;
    long s4 = a4 << 6;
    long t0 = b0 << 7;
    long t1 = b1 << 7;
    long t2 = b2 << 7;
    long t3 = b3 << 7;
    long t4 = b4 << 7;
    long c0 = (a0 * b0 & MASK);
    long c1 = (a0 * b1 & MASK) + (a1 * b0 & MASK) + Math.multiplyHigh(s0, t0);
    long c2 =
        (a0 * b2 & MASK)
            + (a1 * b1 & MASK)
            + (a2 * b0 & MASK)
            + Math.multiplyHigh(s0, t1)
            + Math.multiplyHigh(s1, t0);
    long c3 =
        (a0 * b3 & MASK)
            + (a1 * b2 & MASK)
            + (a2 * b1 & MASK)
            + (a3 * b0 & MASK)
            + Math.multiplyHigh(s0, t2)
            + Math.multiplyHigh(s1, t1)
            + Math.multiplyHigh(s2, t0);
    long c4 =
        (a0 * b4 & MASK)
            + (a1 * b3 & MASK)
            + (a2 * b2 & MASK)
            + (a3 * b1 & MASK)
            + (a4 * b0 & MASK)
            + Math.multiplyHigh(s0, t3)
            + Math.multiplyHigh(s1, t2)
            + Math.multiplyHigh(s2, t1)
            + Math.multiplyHigh(s3, t0);
    long c5 =
        (a1 * b4 & MASK)
            + (a2 * b3 & MASK)
            + (a3 * b2 & MASK)
            + (a4 * b1 & MASK)
            + Math.multiplyHigh(s0, t4)
            + Math.multiplyHigh(s1, t3)
            + Math.multiplyHigh(s2, t2)
            + Math.multiplyHigh(s3, t1)
            + Math.multiplyHigh(s4, t0);
    long c6 =
        (a2 * b4 & MASK)
            + (a3 * b3 & MASK)
            + (a4 * b2 & MASK)
            + Math.multiplyHigh(s1, t4)
            + Math.multiplyHigh(s2, t3)
            + Math.multiplyHigh(s3, t2)
            + Math.multiplyHigh(s4, t1);
    long c7 =
        (a3 * b4 & MASK)
            + (a4 * b3 & MASK)
            + Math.multiplyHigh(s2, t4)
            + Math.multiplyHigh(s3, t3)
            + Math.multiplyHigh(s4, t2);
    long c8 = (a4 * b4 & MASK) + Math.multiplyHigh(s3, t4) + Math.multiplyHigh(s4, t3);
    long c9 = Math.multiplyHigh(s4, t4);
    fold(r, ro, c0 + 19 * c5, c1 + 19 * c6, c2 + 19 * c7, c3 + 19 * c8, c4 + 19 * c9);
  }

  /** r = a², tight; a loose. */
  public static void square(long[] r, int ro, long[] a, int ao) {
    assert bounded(a, ao) : "limb bound";
    long a0 = a[ao + 0];
    long a1 = a[ao + 1];
    long a2 = a[ao + 2];
    long a3 = a[ao + 3];
    long a4 = a[ao + 4];
    long d0 = 2 * a0;
    long d1 = 2 * a1;
    long d2 = 2 * a2;
    long d3 = 2 * a3;
    long s0 = a0 << 6;
    long s1 = a1 << 6;
    long s2 = a2 << 6;
    long s3 = a3 << 6;
    long s4 = a4 << 6;
    long t0 = a0 << 7;
    long t1 = a1 << 7;
    long t2 = a2 << 7;
    long t3 = a3 << 7;
    long t4 = a4 << 7;
    long c0 = (a0 * a0 & MASK);
    long c1 = (d0 * a1 & MASK) + Math.multiplyHigh(s0, t0);
    long c2 = (d0 * a2 & MASK) + (a1 * a1 & MASK) + Math.multiplyHigh(t0, t1);
    long c3 =
        (d0 * a3 & MASK) + (d1 * a2 & MASK) + Math.multiplyHigh(t0, t2) + Math.multiplyHigh(s1, t1);
    long c4 =
        (d0 * a4 & MASK)
            + (d1 * a3 & MASK)
            + (a2 * a2 & MASK)
            + Math.multiplyHigh(t0, t3)
            + Math.multiplyHigh(t1, t2);
    long c5 =
        (d1 * a4 & MASK)
            + (d2 * a3 & MASK)
            + Math.multiplyHigh(t0, t4)
            + Math.multiplyHigh(t1, t3)
            + Math.multiplyHigh(s2, t2);
    long c6 =
        (d2 * a4 & MASK) + (a3 * a3 & MASK) + Math.multiplyHigh(t1, t4) + Math.multiplyHigh(t2, t3);
    long c7 = (d3 * a4 & MASK) + Math.multiplyHigh(t2, t4) + Math.multiplyHigh(s3, t3);
    long c8 = (a4 * a4 & MASK) + Math.multiplyHigh(t3, t4);
    long c9 = Math.multiplyHigh(s4, t4);
    fold(r, ro, c0 + 19 * c5, c1 + 19 * c6, c2 + 19 * c7, c3 + 19 * c8, c4 + 19 * c9);
  }

  /** r = a^(2^count). */
  public static void squareTimes(long[] r, int ro, long[] a, int ao, int count) {
    square(r, ro, a, ao);
    for (int i = 1; i < count; i++) {
      square(r, ro, r, ro);
    }
  }

  /**
   * r = a^((p − 5)/8) = a^(2^252 − 3).
   *
   * @param scratch 20 longs at {@code so}, not overlapping r and a
   */
  public static void powP58(long[] r, int ro, long[] a, int ao, long[] scratch, int so) {
    int x = so + 15;
    powTwo250Minus1(a, ao, scratch, so, x);
    squareTimes(scratch, x, scratch, x, 2); // 2^252 − 4
    multiply(r, ro, scratch, x, a, ao); // 2^252 − 3
  }

  /**
   * r = 1/a = a^(p − 2) = a^(2^255 − 21); 0 for 0.
   *
   * @param scratch 20 longs at {@code so}, not overlapping r and a
   */
  public static void invert(long[] r, int ro, long[] a, int ao, long[] scratch, int so) {
    int x = so + 15;
    powTwo250Minus1(a, ao, scratch, so, x);
    squareTimes(scratch, x, scratch, x, 5); // 2^255 − 32
    multiply(r, ro, scratch, x, scratch, so); // + 11
  }

  // scratch[out] = a^(2^250 − 1), scratch[so] = a^11.
  private static void powTwo250Minus1(long[] a, int ao, long[] scratch, int so, int out) {
    int a11 = so;
    int y = so + 5;
    int z = so + 10;
    square(scratch, y, a, ao); // 2
    squareTimes(scratch, z, scratch, y, 2); // 8
    multiply(scratch, z, scratch, z, a, ao); // 9
    multiply(scratch, a11, scratch, z, scratch, y); // 11
    square(scratch, y, scratch, a11); // 22
    multiply(scratch, z, scratch, z, scratch, y); // 2^5 − 1
    squareTimes(scratch, y, scratch, z, 5);
    multiply(scratch, z, scratch, y, scratch, z); // 2^10 − 1
    squareTimes(scratch, y, scratch, z, 10);
    multiply(scratch, y, scratch, y, scratch, z); // 2^20 − 1
    squareTimes(scratch, out, scratch, y, 20);
    multiply(scratch, y, scratch, out, scratch, y); // 2^40 − 1
    squareTimes(scratch, y, scratch, y, 10);
    multiply(scratch, z, scratch, y, scratch, z); // 2^50 − 1
    squareTimes(scratch, y, scratch, z, 50);
    multiply(scratch, y, scratch, y, scratch, z); // 2^100 − 1
    squareTimes(scratch, out, scratch, y, 100);
    multiply(scratch, y, scratch, out, scratch, y); // 2^200 − 1
    squareTimes(scratch, y, scratch, y, 50);
    multiply(scratch, out, scratch, y, scratch, z); // 2^250 − 1
  }

  /**
   * Reads 32 little-endian bytes, ignoring the highest bit: r is tight, and below 2^255 but perhaps
   * not below p.
   */
  public static void decode(long[] r, int ro, byte[] in, int offset) {
    long w0 = BigEndian.readLongLittle(in, offset);
    long w1 = BigEndian.readLongLittle(in, offset + 8);
    long w2 = BigEndian.readLongLittle(in, offset + 16);
    long w3 = BigEndian.readLongLittle(in, offset + 24);
    r[ro] = w0 & MASK;
    r[ro + 1] = (w0 >>> 51 | w1 << 13) & MASK;
    r[ro + 2] = (w1 >>> 38 | w2 << 26) & MASK;
    r[ro + 3] = (w2 >>> 25 | w3 << 39) & MASK;
    r[ro + 4] = w3 >>> 12 & MASK;
  }

  /** Writes the 32 little-endian bytes of the number in [0, p); a is loose and left reduced. */
  public static void encode(byte[] out, int offset, long[] a, int ao) {
    reduce(a, ao);
    long r0 = a[ao];
    long r1 = a[ao + 1];
    long r2 = a[ao + 2];
    long r3 = a[ao + 3];
    long r4 = a[ao + 4];
    BigEndian.writeLongLittle(out, offset, r0 | r1 << 51);
    BigEndian.writeLongLittle(out, offset + 8, r1 >>> 13 | r2 << 38);
    BigEndian.writeLongLittle(out, offset + 16, r2 >>> 26 | r3 << 25);
    BigEndian.writeLongLittle(out, offset + 24, r3 >>> 39 | r4 << 12);
  }

  /** a = a mod p, in [0, p). */
  public static void reduce(long[] a, int ao) {
    carry(a, ao, a, ao);
    long r0 = a[ao];
    long r1 = a[ao + 1];
    long r2 = a[ao + 2];
    long r3 = a[ao + 3];
    long r4 = a[ao + 4];
    // a < 2p now; q = 1 exactly if a ≥ p, that is if a + 19 ≥ 2^255.
    long q = r0 + 19 >>> 51;
    q = r1 + q >>> 51;
    q = r2 + q >>> 51;
    q = r3 + q >>> 51;
    q = r4 + q >>> 51;
    r0 += 19 * q;
    r1 += r0 >>> 51;
    r2 += r1 >>> 51;
    r3 += r2 >>> 51;
    r4 += r3 >>> 51;
    a[ao] = r0 & MASK;
    a[ao + 1] = r1 & MASK;
    a[ao + 2] = r2 & MASK;
    a[ao + 3] = r3 & MASK;
    a[ao + 4] = r4 & MASK;
  }

  /** 1 if a is negative, that is, odd in [0, p); else 0. a is left reduced. */
  public static long isNegative(long[] a, int ao) {
    reduce(a, ao);
    return a[ao] & 1;
  }

  /** 1 if a = 0 modulo p, else 0. a is left reduced. */
  public static long isZero(long[] a, int ao) {
    reduce(a, ao);
    long any = a[ao] | a[ao + 1] | a[ao + 2] | a[ao + 3] | a[ao + 4];
    return ((any | -any) >>> 63) ^ 1;
  }

  /** r = a if {@code choice} is 1; r stays if it is 0. */
  public static void assignIf(long[] r, int ro, long[] a, int ao, long choice) {
    long mask = -choice;
    for (int i = 0; i < LIMBS; i++) {
      r[ro + i] ^= mask & (r[ro + i] ^ a[ao + i]);
    }
  }

  /** r = −r if {@code choice} is 1; r stays if it is 0. r is tight before and after. */
  public static void negateIf(long[] r, int ro, long choice) {
    assert within(r, ro, TIGHT) : "limb bound";
    long mask = -choice;
    long n0 = r[ro] ^ mask & (r[ro] ^ (TWO_P0 - r[ro]));
    long n1 = r[ro + 1] ^ mask & (r[ro + 1] ^ (TWO_P - r[ro + 1]));
    long n2 = r[ro + 2] ^ mask & (r[ro + 2] ^ (TWO_P - r[ro + 2]));
    long n3 = r[ro + 3] ^ mask & (r[ro + 3] ^ (TWO_P - r[ro + 3]));
    long n4 = r[ro + 4] ^ mask & (r[ro + 4] ^ (TWO_P - r[ro + 4]));
    fold(r, ro, n0, n1, n2, n3, n4);
  }
}
