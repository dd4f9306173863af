package org.tidegate.connector.psi;

import java.util.Optional;
import org.tidegate.mpc.psi.bucket.Buckets;

/**
 * How sets are intersected: in one run, or one by one in the runs of their buckets.
 *
 * @param protocol of every run
 * @param terms of every run
 * @param buckets into which the sets are divided, or empty for one run
 */
public record PsiMethod(PsiProtocol protocol, PsiTerms terms, Optional<Buckets> buckets) {
  /** Rows of a bucket: as many as one run takes fastest, with the padding still below 2^20. */
  public static final int BUCKET_ROWS = 1_030_000;

  /** Below, the padding would be more than the rows. */
  public static final int MIN_BUCKET_ROWS = 100;

  /** The most rows of a run over everything. */
  static int wholeRows(int bucketRows) {
    return (int) Math.min(Integer.MAX_VALUE, 2L * bucketRows);
  }

  static PsiMethod of(PsiProtocol protocol, PsiTerms terms, int bucketRows) {
    if (!protocol.divides() || terms.maxRows() <= wholeRows(bucketRows)) {
      return new PsiMethod(protocol, terms, Optional.empty());
    }
    Buckets buckets = terms.divided(bucketRows);
    return new PsiMethod(protocol, terms.of(buckets), Optional.of(buckets));
  }

  /** {@link PsiProtocol#chosenKeys} of all runs. */
  long chosenKeys() {
    return (long) protocol.chosenKeys(terms) * buckets.map(Buckets::count).orElse(1);
  }

  /** All that both sides must have in common, in words. */
  String words() {
    return protocol.name() + " " + terms + buckets.map(divided -> " " + divided).orElse("");
  }
}
