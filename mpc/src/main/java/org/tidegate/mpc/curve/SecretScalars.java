package org.tidegate.mpc.curve;

import java.math.BigInteger;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.field.Scalars;
import org.tidegate.mpc.random.SecretRandom;

/** Secret scalars of a {@link Group}: drawn, and inverted. */
public final class SecretScalars {
  private SecretScalars() {}

  /** A uniform scalar of Ristretto255 other than 0, by rejection. */
  public static byte[] random(SecretRandom random) {
    return random(Group.RISTRETTO255, random);
  }

  /** A uniform scalar other than 0, by rejection. */
  public static byte[] random(Group group, SecretRandom random) {
    // As many bits as the order has, so that at least nearly half of all candidates are good.
    int top = 0xff >> 8 * Group.SCALAR_BYTES - group.order().bitLength();
    while (true) {
      byte[] scalar = random.nextBytes(Group.SCALAR_BYTES);
      scalar[Group.SCALAR_BYTES - 1] &= (byte) top;
      if (isBelow(scalar, group.order()) && !Scalars.isZero(scalar)) {
        return scalar;
      }
    }
  }

  /** Whether a scalar is below the order, in time that does not depend on it. */
  private static boolean isBelow(byte[] scalar, BigInteger order) {
    long borrow = 0;
    for (int i = 0; i < 4; i++) {
      long word = BigEndian.readLongLittle(scalar, 8 * i);
      long n = order.shiftRight(64 * i).longValue();
      long difference = word - n - borrow;
      // The borrow of word − n − borrow [Hacker's Delight, 2-13].
      borrow = (~word & n | ~(word ^ n) & difference) >>> 63;
    }
    return borrow == 1;
  }

  /** 1/k in Ristretto255; see the other method. */
  public static byte[] invert(byte[] scalar, SecretRandom blinding) {
    return invert(Group.RISTRETTO255, scalar, blinding);
  }

  /**
   * 1/k modulo the order. The library's inversion takes time that depends on its input, so it gets
   * k·m for a uniform m: 1/k = m · 1/(k·m).
   *
   * @param scalar not 0
   * @param blinding a source that nobody else uses
   */
  public static byte[] invert(Group group, byte[] scalar, SecretRandom blinding) {
    BigInteger n = group.order();
    BigInteger m = Scalars.toInteger(random(group, blinding));
    BigInteger blinded = Scalars.toInteger(scalar).multiply(m).mod(n);
    return Scalars.fromInteger(blinded.modInverse(n).multiply(m).mod(n));
  }
}
