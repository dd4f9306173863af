package org.tidegate.mpc.ot;

import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.security.InsecureParameterException;
import org.tidegate.mpc.security.Knob;
import org.tidegate.mpc.security.KnobClass;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * What both ends of base transfers agree on.
 *
 * @param security κ and λ; Ristretto255 gives κ = 128
 * @param transfers how many, 1 to 4096
 */
public record BaseOtParameters(
    @Knob(KnobClass.SECURITY) SecurityLevel security, @Knob(KnobClass.AGREED) int transfers) {
  /** The most transfers of a use. */
  public static final int MAX_TRANSFERS = 4096;

  /** Checks the ranges. */
  public BaseOtParameters {
    if (security.computationalBits() > SecurityLevel.COMPUTATIONAL_FLOOR_BITS) {
      throw new InsecureParameterException(
          "base transfers in Ristretto255 have a computational security of %d bits, not %d; ask for %d"
              .formatted(
                  SecurityLevel.COMPUTATIONAL_FLOOR_BITS,
                  security.computationalBits(),
                  SecurityLevel.COMPUTATIONAL_FLOOR_BITS));
    }
    if (transfers < 1 || transfers > MAX_TRANSFERS) {
      throw new IllegalArgumentException(
          "%d base transfers are not within 1 and %d".formatted(transfers, MAX_TRANSFERS));
    }
  }

  /** What both parties must have in common: 32 bytes. */
  public byte[] digest() {
    return new DomainHash("tidegate.ot.base.parameters/1")
        .number(security.computationalBits())
        .number(security.statisticalBits())
        .number(transfers)
        .finish();
  }
}
