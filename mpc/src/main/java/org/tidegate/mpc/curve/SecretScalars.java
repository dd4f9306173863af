package org.tidegate.mpc.curve;

import java.math.BigInteger;
import org.tidegate.mpc.field.Scalars;
import org.tidegate.mpc.random.SecretRandom;

/** Secret scalars of Ristretto255: drawn, and inverted. */
public final class SecretScalars {
  private SecretScalars() {}

  /** A uniform scalar other than 0, by rejection. */
  public static byte[] random(SecretRandom random) {
    while (true) {
      byte[] scalar = random.nextBytes(Scalars.BYTES);
      scalar[31] &= 0x1f; // below 2^253, so that nearly half of all candidates are good
      if (Scalars.isCanonical(scalar) && !Scalars.isZero(scalar)) {
        return scalar;
      }
    }
  }

  /**
   * 1/k modulo ℓ. The library's inversion takes time that depends on its input, so it gets k·m for
   * a uniform m: 1/k = m · 1/(k·m).
   *
   * @param scalar not 0
   * @param blinding a source that nobody else uses
   */
  public static byte[] invert(byte[] scalar, SecretRandom blinding) {
    BigInteger m = Scalars.toInteger(random(blinding));
    BigInteger blinded = Scalars.toInteger(scalar).multiply(m).mod(Scalars.ORDER);
    return Scalars.fromInteger(blinded.modInverse(Scalars.ORDER).multiply(m).mod(Scalars.ORDER));
  }
}
