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
    byte[] scalar = new byte[Group.SCALAR_BYTES];
    random(group, random, scalar, 1);
    return scalar;
  }

  /** The first {@code count} scalars of {@code out} become uniform and other than 0. */
  public static void random(Group group, SecretRandom random, byte[] out, int count) {
    long[] order = new long[4];
    for (int i = 0; i < order.length; i++) {
      order[i] = group.order().shiftRight(64 * i).longValue();
    }
    // As many bits as the order has, so that at least nearly half of all candidates are good.
    byte top = (byte) (0xff >> 8 * Group.SCALAR_BYTES - group.order().bitLength());
    random.nextBytes(out, 0, count * Group.SCALAR_BYTES);
    for (int i = 0; i < count; i++) {
      int at = i * Group.SCALAR_BYTES;
      out[at + Group.SCALAR_BYTES - 1] &= top;
      while (!isGood(out, at, order)) {
        random.nextBytes(out, at, Group.SCALAR_BYTES);
        out[at + Group.SCALAR_BYTES - 1] &= top;
      }
    }
  }

  /** Whether a scalar is below the order and not 0, in time that does not depend on it. */
  private static boolean isGood(byte[] scalars, int offset, long[] order) {
    long borrow = 0;
    long any = 0;
    for (int i = 0; i < order.length; i++) {
      long word = BigEndian.readLongLittle(scalars, offset + 8 * i);
      long difference = word - order[i] - borrow;
      // The borrow of word − n − borrow [Hacker's Delight, 2-13].
      borrow = (~word & order[i] | ~(word ^ order[i]) & difference) >>> 63;
      any |= word;
    }
    return (borrow & (any | -any) >>> 63) == 1;
  }

  /**
   * k / c² modulo the order, c as {@link Group#carried()} says: with what elements are multiplied
   * that a {@link FixedBase} blinds and unblinds, so that k is what they get in all.
   */
  public static byte[] withoutCarried(Group group, byte[] k) {
    return group.carried() == 1 ? k : Scalars.half(Scalars.half(k));
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
