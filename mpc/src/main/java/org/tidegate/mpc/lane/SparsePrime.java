package org.tidegate.mpc.lane;

import java.math.BigInteger;

/**
 * A prime p of 256 bits, between 2^256 − 2^225 and 2^256, with p + 1 a sum of few powers of two,
 * all multiples of 2^51: the fields of P-256 and SM2.
 *
 * <p>Such a p is −1 modulo 2^51, so in Montgomery's reduction the digit that makes a limb vanish is
 * the limb itself.
 */
public enum SparsePrime {
  /** 2^256 − 2^224 + 2^192 + 2^96 − 1, of the curve P-256 (SP 800-186, 3.2.1.3). */
  P256("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"),

  /** 2^256 − 2^224 − 2^96 + 2^64 − 1, of the curve of SM2 (GB/T 32918.5-2017). */
  SM2("fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff");

  /** Limbs of an element. */
  static final int LIMBS = 5;

  /** Bits of a limb. */
  static final int RADIX = 51;

  private final BigInteger modulus;

  /** Limbs of p + 1: signed, so that all are short sums of powers of two; the lowest is 0. */
  private final double[] plusOne;

  SparsePrime(String hexadecimal) {
    modulus = new BigInteger(hexadecimal, 16);
    plusOne = new double[LIMBS];
    BigInteger rest = modulus.add(BigInteger.ONE);
    for (int i = 0; i < LIMBS - 1; i++) {
      BigInteger radix = BigInteger.ONE.shiftLeft(RADIX);
      BigInteger limb = rest.mod(radix);
      if (limb.testBit(RADIX - 1)) {
        limb = limb.subtract(radix);
      }
      plusOne[i] = limb.doubleValue();
      rest = rest.subtract(limb).shiftRight(RADIX);
    }
    plusOne[LIMBS - 1] = rest.doubleValue();
  }

  /** p. */
  public BigInteger modulus() {
    return modulus;
  }

  /** R = 2^255, by which Montgomery's products are divided. */
  public static BigInteger radix() {
    return BigInteger.ONE.shiftLeft(LIMBS * RADIX);
  }

  /** Limb i of p + 1: below 2^45 in magnitude for i = 1..3, 2^52 − 2^20 for i = 4, 0 for i = 0. */
  public double limbOfPlusOne(int i) {
    return plusOne[i];
  }
}
