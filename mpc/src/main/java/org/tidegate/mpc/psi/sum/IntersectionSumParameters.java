package org.tidegate.mpc.psi.sum;

import java.util.List;
import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.paillier.PaillierParameters;
import org.tidegate.mpc.paillier.SlotLayout;
import org.tidegate.mpc.security.Knob;
import org.tidegate.mpc.security.KnobClass;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * What both parties agree on before a run; the handshake compares a digest of it.
 *
 * @param security κ and λ; sums are masked by λ bits beyond their range, and at least one more
 * @param paillier the key's size; of no use without slots
 * @param recipient who learns the sums
 * @param slots the columns summed; none for a count alone, and then nothing is encrypted
 * @param maxMatcherRows the most rows that the matcher may bring
 * @param maxValueOwnerRows the most rows that the value owner may bring
 * @param batchItems points per frame, 1 to 16384
 */
public record IntersectionSumParameters(
    @Knob(KnobClass.SECURITY) SecurityLevel security,
    @Knob(KnobClass.SECURITY) PaillierParameters paillier,
    @Knob(KnobClass.AGREED) Recipient recipient,
    @Knob(KnobClass.AGREED) List<Slot> slots,
    @Knob(KnobClass.AGREED) int maxMatcherRows,
    @Knob(KnobClass.AGREED) int maxValueOwnerRows,
    @Knob(KnobClass.AGREED) int batchItems) {
  /** The largest set: 2^26 rows. */
  public static final int ROWS_CEILING = 1 << 26;

  /** The most slots of one run. */
  public static final int SLOTS_CEILING = 256;

  /** Checks the ranges, and that the slots can be laid out. */
  public IntersectionSumParameters {
    slots = List.copyOf(slots);
    if (slots.size() > SLOTS_CEILING) {
      throw new IllegalArgumentException(
          slots.size() + " columns are more than " + SLOTS_CEILING + " in one run");
    }
    checkRows("matcher", maxMatcherRows);
    checkRows("value owner", maxValueOwnerRows);
    if (batchItems < 1 || batchItems > 16_384) {
      throw new IllegalArgumentException(
          "a batch of " + batchItems + " items is not within 1 and 16384");
    }
    for (Slot slot : slots) {
      int needed = slot.valueBits() + rowBits(maxValueOwnerRows) + maskBits(security) + 2;
      if (needed > paillier.plaintextBits()) {
        throw new IllegalArgumentException(
            "column "
                + slot.name()
                + " needs "
                + needed
                + " bits, and a plaintext of a "
                + paillier.modulusBits()
                + "-bit key has "
                + paillier.plaintextBits()
                + "; choose a narrower type");
      }
    }
  }

  /** Standard security, batches of 2048. */
  public static IntersectionSumParameters of(
      Recipient recipient, List<Slot> slots, int maxMatcherRows, int maxValueOwnerRows) {
    return new IntersectionSumParameters(
        SecurityLevel.STANDARD,
        PaillierParameters.STANDARD,
        recipient,
        slots,
        maxMatcherRows,
        maxValueOwnerRows,
        2048);
  }

  private static void checkRows(String role, int rows) {
    if (rows < 0 || rows > ROWS_CEILING) {
      throw new IllegalArgumentException(
          "at most " + rows + " rows of the " + role + " is not within 0 and " + ROWS_CEILING);
    }
  }

  private static int rowBits(int maxRows) {
    return 32 - Integer.numberOfLeadingZeros(maxRows);
  }

  private static int maskBits(SecurityLevel security) {
    return security.statisticalBits() + 1;
  }

  /** Where the sums lie. */
  public SlotLayout layout() {
    return SlotLayout.of(
        slots.stream().map(Slot::valueBits).toList(),
        maxValueOwnerRows,
        maskBits(security),
        paillier.plaintextBits());
  }

  /** What both parties must have in common: 32 bytes. */
  public byte[] digest() {
    DomainHash hash =
        new DomainHash("tidegate.psi.sum.parameters/1")
            .number(security.computationalBits())
            .number(security.statisticalBits())
            .number(paillier.modulusBits())
            .text(recipient.name())
            .number(maxMatcherRows)
            .number(maxValueOwnerRows)
            .number(batchItems)
            .number(slots.size());
    slots.forEach(slot -> hash.text(slot.name()).number(slot.valueBits()));
    return hash.finish();
  }
}
