package org.tidegate.mpc.paillier;

import org.tidegate.mpc.security.InsecureParameterException;
import org.tidegate.mpc.security.Knob;
import org.tidegate.mpc.security.KnobClass;

/**
 * The size of a key.
 *
 * @param modulusBits the bits of N; 3072 give 128 bits of security, and less is refused
 */
public record PaillierParameters(@Knob(KnobClass.SECURITY) int modulusBits) {
  /** The floor of {@code modulusBits}. */
  public static final int MODULUS_FLOOR_BITS = 3072;

  /** The ceiling of {@code modulusBits}: longer keys cost time and bring nothing. */
  public static final int MODULUS_CEILING_BITS = 6144;

  /** 3072 bits. */
  public static final PaillierParameters STANDARD = new PaillierParameters(MODULUS_FLOOR_BITS);

  /** Checks floor, ceiling and that the bits are a multiple of 128. */
  public PaillierParameters {
    if (modulusBits < MODULUS_FLOOR_BITS || modulusBits > MODULUS_CEILING_BITS) {
      throw new InsecureParameterException(
          "a Paillier modulus of "
              + modulusBits
              + " bits is not within "
              + MODULUS_FLOOR_BITS
              + " and "
              + MODULUS_CEILING_BITS
              + "; set "
              + MODULUS_FLOOR_BITS);
    }
    if (modulusBits % 128 != 0) {
      throw new InsecureParameterException(
          "a Paillier modulus of " + modulusBits + " bits is no multiple of 128 bits");
    }
  }

  /** The length of N in bytes. */
  public int modulusBytes() {
    return modulusBits / 8;
  }

  /** The length of a ciphertext, a residue modulo N², in bytes. */
  public int ciphertextBytes() {
    return modulusBits / 4;
  }

  /** Every integer of so many bits is a plaintext: one less than N has. */
  public int plaintextBits() {
    return modulusBits - 1;
  }
}
