package org.tidegate.connector.psi;

import org.tidegate.mpc.psi.bucket.Buckets;
import org.tidegate.mpc.security.Adversary;
import org.tidegate.mpc.security.SecurityLevel;

/**
 * What a run of any protocol has to be agreed on.
 *
 * @param adversary against whom the run is secure
 * @param security κ and λ
 * @param maxSenderRows the most distinct keys that the sender may bring
 * @param maxReceiverRows the most distinct keys that the receiver may bring
 * @param sizesHidden whether both fill up to these numbers, so that neither sees the other's
 * @param bothLearn whether the sender too learns which of its rows match, by the receiver's word
 */
public record PsiTerms(
    Adversary adversary,
    SecurityLevel security,
    int maxSenderRows,
    int maxReceiverRows,
    boolean sizesHidden,
    boolean bothLearn) {
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

  /** How large sets are divided. */
  Buckets divided(int bucketRows) {
    return Buckets.of(adversary, security, maxSenderRows, maxReceiverRows, bucketRows);
  }

  /** The terms of one bucket. */
  PsiTerms of(Buckets buckets) {
    return new PsiTerms(
        adversary,
        buckets.security(),
        buckets.senderRows(),
        buckets.receiverRows(),
        true,
        bothLearn);
  }
}
