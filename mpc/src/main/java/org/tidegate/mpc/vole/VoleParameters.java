package org.tidegate.mpc.vole;

import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.lpn.ExpandConvolute;
import org.tidegate.mpc.lpn.LpnCode;
import org.tidegate.mpc.lpn.RegularNoise;
import org.tidegate.mpc.ot.extension.ExtensionParameters;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.Knob;
import org.tidegate.mpc.security.KnobClass;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * What both parties agree on.
 *
 * @param security κ and λ
 * @param adversary against whom
 * @param code the code; its weight of noise follows from κ
 * @param valueBits the receiver's values have these lowest bits of an element only, 1 to 128
 */
public record VoleParameters(
    @Knob(KnobClass.SECURITY) SecurityLevel security,
    @Knob(KnobClass.SECURITY) Adversary adversary,
    @Knob(KnobClass.AGREED) LpnCode code,
    @Knob(KnobClass.AGREED) int valueBits) {
  /** The bits of an element. */
  public static final int ELEMENT_BITS = 128;

  /** The most elements of a run. */
  public static final int MAX_SIZE = 1 << 25;

  // The measured optimum between bytes on the wire and trees to grow: see the package.
  private static final int FIELD_BITS = 4;

  // Two elements of the group a base transfer, for two sets of 128; then two sums a level.
  private static final int BASE_SENDER_BYTES = 2 * ELEMENT_BITS * 64;
  private static final int BASE_RECEIVER_BYTES = 32 + 2 * ELEMENT_BITS * 32;

  /** Checks the ranges. */
  public VoleParameters {
    if (valueBits < 1 || valueBits > ELEMENT_BITS) {
      throw new IllegalArgumentException(
          "values of %d bits are not within 1 and %d".formatted(valueBits, ELEMENT_BITS));
    }
  }

  /** Standard security, Expand-Convolute 21×24, values of the whole field. */
  public static VoleParameters of(Adversary adversary) {
    return new VoleParameters(
        SecurityLevel.STANDARD, adversary, LpnCode.EXPAND_CONVOLUTE_21_24, ELEMENT_BITS);
  }

  /** The parameters of the transfers beneath. */
  ExtensionParameters extension() {
    return new ExtensionParameters(security, adversary, FIELD_BITS);
  }

  /** The shape of the noise for so many elements. */
  RegularNoise noise(int size) {
    return RegularNoise.of(
        code, 2 * ExpandConvolute.dimensionFor(size), security.computationalBits());
  }

  /** Payload bytes from the sender for so many elements: base transfers, trees. */
  public long senderBytes(int size) {
    Shape shape = Shape.of(this, size);
    return BASE_SENDER_BYTES + (long) shape.parts() * shape.trees() * shape.treeBytes();
  }

  /** Payload bytes from the receiver for so many elements: a correction every field bits a bit. */
  public long receiverBytes(int size) {
    Shape shape = Shape.of(this, size);
    long bits = shape.parts() * (shape.pathBits() + (long) shape.allValueBits());
    return BASE_RECEIVER_BYTES + ELEMENT_BITS / FIELD_BITS * bits / Byte.SIZE;
  }

  /** What both parties must have in common: 32 bytes. */
  public byte[] digest() {
    return new DomainHash("tidegate.vole.parameters/1")
        .number(security.computationalBits())
        .number(security.statisticalBits())
        .text(adversary.text())
        .text(code.text())
        .number(valueBits)
        .bytes(extension().digest())
        .finish();
  }
}
