package org.tidegate.mpc.ot.extension;

import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.ot.BaseOtParameters;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.InsecureParameterException;
import org.tidegate.mpc.security.Knob;
import org.tidegate.mpc.security.KnobClass;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * What both ends agree on.
 *
 * @param security κ and λ; Δ has 128 bits, so κ = 128
 * @param adversary against whom
 * @param fieldBits k of SoftSpokenOT: 1, 2, 4 or 8; more saves bytes and costs time
 */
public record ExtensionParameters(
    @Knob(KnobClass.SECURITY) SecurityLevel security,
    @Knob(KnobClass.SECURITY) Adversary adversary,
    @Knob(KnobClass.AGREED) int fieldBits) {
  /** Bits of Δ. */
  public static final int DELTA_BITS = 128;

  /** The most bits of an instance. */
  public static final int MAX_COUNT = 1 << 24;

  /** The most instances of a use. */
  public static final int MAX_INSTANCES = 8;

  private static final int DEFAULT_FIELD_BITS = 2;

  /** Checks the ranges. */
  public ExtensionParameters {
    if (security.computationalBits() > DELTA_BITS) {
      throw new InsecureParameterException(
          "OT extension has a computational security of %d bits, not %d; ask for %d"
              .formatted(DELTA_BITS, security.computationalBits(), DELTA_BITS));
    }
    if (fieldBits != 1 && fieldBits != 2 && fieldBits != 4 && fieldBits != 8) {
      throw new IllegalArgumentException(
          "fields of 1, 2, 4 or 8 bits are possible, not of " + fieldBits);
    }
  }

  /** Standard security, k = 2. */
  public static ExtensionParameters of(Adversary adversary) {
    return new ExtensionParameters(SecurityLevel.STANDARD, adversary, DEFAULT_FIELD_BITS);
  }

  /** What both parties must have in common: 32 bytes. */
  public byte[] digest() {
    return new DomainHash("tidegate.ot.extension.parameters/1")
        .number(security.computationalBits())
        .number(security.statisticalBits())
        .text(adversary.text())
        .number(fieldBits)
        .finish();
  }

  boolean malicious() {
    return adversary == Adversary.MALICIOUS;
  }

  /** Trees of an instance. */
  int trees() {
    return DELTA_BITS / fieldBits;
  }

  /** Leaves of a tree. */
  int leaves() {
    return 1 << fieldBits;
  }

  BaseOtParameters base(int instances) {
    return new BaseOtParameters(security, DELTA_BITS * instances);
  }

  /** Words of a row: whole blocks of 128 bits, and a block that hides the answer to the check. */
  int rowWords(int count) {
    int blocks = (count + DELTA_BITS - 1) / DELTA_BITS;
    return 2 * (malicious() ? blocks + 1 : blocks);
  }

  static int[] checked(int[] counts) {
    if (counts.length < 1 || counts.length > MAX_INSTANCES) {
      throw new IllegalArgumentException(
          "%d instances are not within 1 and %d".formatted(counts.length, MAX_INSTANCES));
    }
    for (int count : counts) {
      if (count < 1 || count > MAX_COUNT) {
        throw new IllegalArgumentException(
            "%d bits of an instance are not within 1 and %d".formatted(count, MAX_COUNT));
      }
    }
    return counts.clone();
  }
}
