package org.tidegate.mpc.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * An odd modulus ready for {@link Montgomery}, and the way of residues between bytes and limbs.
 * Immutable.
 */
public final class MontgomeryModulus {
  /**
   * The longest modulus for which the kernels' sums are proven to fit: that of 8192-bit Paillier.
   */
  public static final int CEILING_BITS = 16384;

  /** Bits of a limb. */
  public static final int LIMB_BITS = 50;

  private static final long LIMB = (1L << LIMB_BITS) - 1;
  private static final long HALF = 1L << LIMB_BITS - 1;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final BigInteger n;
  private final int lanes;
  private final int limbs;
  private final long inverse;
  private final double[] broadcast;
  private final long[] digits;

  /**
   * Prepares a modulus.
   *
   * @throws IllegalArgumentException if it is even, below 3 or longer than {@link #CEILING_BITS}
   */
  public MontgomeryModulus(BigInteger n, int lanes) {
    if (!n.testBit(0) || n.compareTo(BigInteger.TWO) <= 0 || n.bitLength() > CEILING_BITS) {
      throw new IllegalArgumentException(
          "a modulus must be odd, at least 3 and at most "
              + CEILING_BITS
              + " bits long; this one has "
              + n.bitLength()
              + " bits");
    }
    this.n = n;
    this.lanes = lanes;
    // Two bits to spare, in pairs of limbs.
    int pairs = (n.bitLength() + 2 + 2 * LIMB_BITS - 1) / (2 * LIMB_BITS);
    limbs = 2 * Math.max(2, pairs);
    BigInteger limb = BigInteger.ONE.shiftLeft(LIMB_BITS);
    inverse = n.modInverse(limb).negate().mod(limb).longValue();
    broadcast = new double[limbs * lanes];
    digits = new long[limbs];
    byte[] bytes = n.toByteArray();
    for (int lane = 0; lane < lanes; lane++) {
      load(broadcast, 0, lane, bytes, 0, bytes.length);
    }
    for (int i = 0; i < limbs; i++) {
      digits[i] = digit(bytes, 0, bytes.length, i);
    }
  }

  /** N. */
  public BigInteger value() {
    return n;
  }

  /** R = 2^(50·limbs). */
  public BigInteger radix() {
    return BigInteger.ONE.shiftLeft(LIMB_BITS * limbs);
  }

  /** L, even. */
  public int limbs() {
    return limbs;
  }

  /** Doubles of a residue in all lanes. */
  public int residue() {
    return limbs * lanes;
  }

  /** Longs of scratch space for {@link Montgomery}. */
  public int scratch() {
    return 2 * residue();
  }

  /** N itself as a residue in all lanes; not to be changed. */
  public double[] broadcast() {
    return broadcast;
  }

  /** −1/N modulo 2^50. */
  public long inverse() {
    return inverse;
  }

  /** Sets one lane from an unsigned big-endian number below N. */
  public void load(double[] r, int ro, int lane, byte[] bytes, int offset, int length) {
    long carry = 0;
    for (int i = 0; i < limbs; i++) {
      long x = digit(bytes, offset, length, i) + carry;
      carry = x + HALF >> LIMB_BITS;
      r[ro + i * lanes + lane] = x - (carry << LIMB_BITS);
    }
    assert carry == 0 : "not below N";
  }

  /** Sets one lane from a number in [0, N). */
  public void load(double[] r, int ro, int lane, BigInteger value) {
    byte[] bytes = value.toByteArray();
    load(r, ro, lane, bytes, 0, bytes.length);
  }

  private static long digit(byte[] bytes, int offset, int length, int index) {
    int bit = LIMB_BITS * index;
    int last = length - 1 - (bit >> 3);
    if (last >= 7) {
      return (long) LONGS.get(bytes, offset + last - 7) >>> (bit & 7) & LIMB;
    }
    long word = 0;
    for (int k = 0; k <= last; k++) {
      word = word << 8 | bytes[offset + k] & 0xff;
    }
    return word >>> (bit & 7) & LIMB;
  }

  /** The value of one lane as it stands, in (−R, R): no multiple of N is added. */
  public BigInteger value(double[] a, int ao, int lane) {
    long[] x = new long[limbs];
    for (int i = 0; i < limbs; i++) {
      x[i] = (long) a[ao + i * lanes + lane];
    }
    return value(x, 0);
  }

  /** Σ x[offset + i]·2^(50·i) over {@link #limbs()} signed limbs within ±2^62. */
  public BigInteger value(long[] x, int offset) {
    // Two's complement from the least byte; 64 bits beyond the last limb hold its excess.
    byte[] bytes = new byte[(LIMB_BITS * limbs >> 3) + 9];
    int at = bytes.length;
    long carry = 0;
    long word = 0;
    int have = 0;
    for (int i = 0; i < limbs; i++) {
      carry += x[offset + i];
      word |= (carry & LIMB) << have;
      have += LIMB_BITS;
      carry >>= LIMB_BITS;
      while (have >= 8) {
        bytes[--at] = (byte) word;
        word >>>= 8;
        have -= 8;
      }
    }
    word |= carry << have;
    while (at > 0) {
      bytes[--at] = (byte) word;
      word >>= 8;
    }
    return new BigInteger(bytes);
  }

  /**
   * Writes the canonical value of one lane as an unsigned big-endian number.
   *
   * @throws IllegalArgumentException if {@code length} bytes are too few for N
   */
  public void store(double[] a, int ao, int lane, byte[] bytes, int offset, int length) {
    if (length < (n.bitLength() + 7) / 8) {
      throw new IllegalArgumentException(
          "a residue of " + n.bitLength() + " bits does not fit " + length + " bytes");
    }
    long[] x = new long[limbs];
    long carry = 0;
    for (int i = 0; i < limbs; i++) {
      carry += (long) a[ao + i * lanes + lane];
      x[i] = carry & LIMB;
      carry >>= LIMB_BITS;
    }
    // The carry is −1 for a negative value, else 0: add N or nothing.
    long negative = carry;
    carry = 0;
    for (int i = 0; i < limbs; i++) {
      carry += x[i] + (digits[i] & negative);
      x[i] = carry & LIMB;
      carry >>= LIMB_BITS;
    }
    long word = 0;
    int have = 0;
    int next = 0;
    for (int k = length - 1; k >= 0; k--) {
      if (have < 8 && next < limbs) {
        word |= x[next++] << have;
        have += LIMB_BITS;
      }
      bytes[offset + k] = (byte) word;
      word >>>= 8;
      have -= 8;
    }
  }
}
