package org.tidegate.mpc.psi.sum;

import java.math.BigInteger;
import java.util.List;

/**
 * What a party learned.
 *
 * @param matches how many keys are at both owners; both parties learn it
 * @param sums per slot the sum over the matching rows; at the recipient only, else empty
 */
public record SumOutcome(int matches, List<BigInteger> sums) {
  /** Copies the list. */
  public SumOutcome {
    sums = List.copyOf(sums);
  }
}
