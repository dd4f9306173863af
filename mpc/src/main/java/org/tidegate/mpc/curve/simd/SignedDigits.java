package org.tidegate.mpc.curve.simd;

/** Scalars of Ristretto255 in radix 16 with digits −8..8. Nothing branches on the scalar. */
final class SignedDigits {
  /** ℓ = 2^252 + 27742317777372353535851937790883648493, little-endian. */
  private static final long[] ORDER = {
    0x5812631a5cf5d3edL, 0x14def9dea2f79cd6L, 0, 0x1000000000000000L
  };

  static final int COUNT = 64;

  private SignedDigits() {}

  /** The 64 digits, least significant first, of a 32-byte little-endian scalar below 2^253. */
  static byte[] of(byte[] scalar) {
    byte[] digits = new byte[COUNT];
    recode(digits, scalar, 0);
    return digits;
  }

  /** The same of the scalar at {@code offset}, into {@value #COUNT} bytes. */
  static void recode(byte[] digits, byte[] scalars, int offset) {
    for (int i = 0; i < 32; i++) {
      digits[2 * i] = (byte) (scalars[offset + i] & 15);
      digits[2 * i + 1] = (byte) (scalars[offset + i] >> 4 & 15);
    }
    int carry = 0;
    for (int i = 0; i < 63; i++) {
      int digit = digits[i] + carry;
      carry = digit + 8 >> 4;
      digits[i] = (byte) (digit - (carry << 4));
    }
    digits[63] += (byte) carry;
  }

  /** scalar / 2 modulo ℓ, for a 32-byte little-endian scalar below ℓ. */
  static byte[] half(byte[] scalar) {
    byte[] half = new byte[32];
    half(half, scalar, 0);
    return half;
  }

  /** The same of the scalar at {@code offset}, into 32 bytes. */
  static void half(byte[] half, byte[] scalars, int offset) {
    long odd = -(scalars[offset] & 1L);
    long[] sum = new long[4];
    long carry = 0;
    for (int i = 0; i < 4; i++) {
      long word = 0;
      for (int k = 7; k >= 0; k--) {
        word = word << 8 | scalars[offset + 8 * i + k] & 0xff;
      }
      long addend = ORDER[i] & odd;
      sum[i] = word + addend + carry;
      // The carry out of word + addend + carry (Hacker's Delight, 2-16).
      carry = (word & addend | (word | addend) & ~sum[i]) >>> 63;
    }
    for (int i = 0; i < 4; i++) {
      long word = sum[i] >>> 1 | (i < 3 ? sum[i + 1] << 63 : 0);
      for (int k = 0; k < 8; k++) {
        half[8 * i + k] = (byte) (word >>> 8 * k);
      }
    }
  }

  /** True if a 32-byte little-endian scalar is below ℓ. */
  static boolean isReduced(byte[] scalar) {
    return isReduced(scalar, 0);
  }

  /** The same of the scalar at {@code offset}. */
  static boolean isReduced(byte[] scalars, int offset) {
    long borrow = 0;
    for (int i = 0; i < 4; i++) {
      long word = 0;
      for (int k = 7; k >= 0; k--) {
        word = word << 8 | scalars[offset + 8 * i + k] & 0xff;
      }
      long difference = word - ORDER[i] - borrow;
      borrow = (~word & ORDER[i] | (~word | ORDER[i]) & difference) >>> 63;
    }
    return borrow == 1;
  }
}
