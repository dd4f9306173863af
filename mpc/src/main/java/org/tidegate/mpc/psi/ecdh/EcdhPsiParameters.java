package org.tidegate.mpc.psi.ecdh;

import org.tidegate.mpc.curve.Group;
import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.security.Knob;
import org.tidegate.mpc.security.KnobClass;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * What both parties agree on before a run; the handshake compares a digest of it.
 *
 * @param group in which keys are blinded
 * @param security κ and λ
 * @param maxSenderRows the most rows that the sender may bring
 * @param maxReceiverRows the most rows that the receiver may bring
 * @param batchItems points per frame, 1 to 16384
 */
public record EcdhPsiParameters(
    @Knob(KnobClass.AGREED) Group group,
    @Knob(KnobClass.SECURITY) SecurityLevel security,
    @Knob(KnobClass.AGREED) int maxSenderRows,
    @Knob(KnobClass.AGREED) int maxReceiverRows,
    @Knob(KnobClass.AGREED) int batchItems) {
  /** The largest set: 2^26 rows. */
  public static final int ROWS_CEILING = 1 << 26;

  /** Checks the ranges. */
  public EcdhPsiParameters {
    if (maxSenderRows < 0 || maxSenderRows > ROWS_CEILING) {
      throw new IllegalArgumentException(
          "at most " + maxSenderRows + " rows of the sender is not within 0 and " + ROWS_CEILING);
    }
    if (maxReceiverRows < 0 || maxReceiverRows > ROWS_CEILING) {
      throw new IllegalArgumentException(
          "at most "
              + maxReceiverRows
              + " rows of the receiver is not within 0 and "
              + ROWS_CEILING);
    }
    if (batchItems < 1 || batchItems > 16_384) {
      throw new IllegalArgumentException(
          "a batch of " + batchItems + " items is not within 1 and 16384");
    }
  }

  /** In Ristretto255. */
  public EcdhPsiParameters(
      SecurityLevel security, int maxSenderRows, int maxReceiverRows, int batchItems) {
    this(Group.RISTRETTO255, security, maxSenderRows, maxReceiverRows, batchItems);
  }

  /** The same in another group. */
  public EcdhPsiParameters in(Group other) {
    return new EcdhPsiParameters(other, security, maxSenderRows, maxReceiverRows, batchItems);
  }

  /** In Ristretto255, at standard security, in batches of 2048. */
  public static EcdhPsiParameters of(int maxSenderRows, int maxReceiverRows) {
    return new EcdhPsiParameters(SecurityLevel.STANDARD, maxSenderRows, maxReceiverRows, 2048);
  }

  /** What both parties must have in common: 32 bytes. */
  public byte[] digest() {
    return new DomainHash("tidegate.psi.ecdh.parameters/3")
        .text(group.suite())
        .number(security.computationalBits())
        .number(security.statisticalBits())
        .number(maxSenderRows)
        .number(maxReceiverRows)
        .number(batchItems)
        .finish();
  }
}
