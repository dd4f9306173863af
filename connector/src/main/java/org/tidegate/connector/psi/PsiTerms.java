package org.tidegate.connector.psi;

import org.tidegate.mpc.security.Adversary;

/**
 * What a run of any protocol has to be agreed on.
 *
 * @param adversary against whom the run is secure
 * @param maxSenderRows the most rows that the sender may bring
 * @param maxReceiverRows the most rows that the receiver may bring
 */
public record PsiTerms(Adversary adversary, int maxSenderRows, int maxReceiverRows) {
  /** Checks that nothing is negative. */
  public PsiTerms {
    if (maxSenderRows < 0 || maxReceiverRows < 0) {
      throw new IllegalArgumentException(
          "at most " + maxSenderRows + " and " + maxReceiverRows + " rows");
    }
  }

  /** The larger of the two. */
  public int maxRows() {
    return Math.max(maxSenderRows, maxReceiverRows);
  }
}
