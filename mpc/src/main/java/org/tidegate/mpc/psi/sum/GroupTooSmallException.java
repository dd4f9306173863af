package org.tidegate.mpc.psi.sum;

/**
 * A refusal, not an abort: fewer keys match than a party's minimum group. Nothing was revealed to
 * the recipient but that, which is an answer too: it comes after {@link RevealHook}, and the use
 * counts. The recipient's peer knows the count. The channel is still good.
 */
public final class GroupTooSmallException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int minimumGroup;
  private final boolean here;

  /**
   * A refusal.
   *
   * @param minimumGroup the larger of both parties' minima
   * @param here whether this party refused; else its peer did
   */
  public GroupTooSmallException(int minimumGroup, boolean here) {
    super(
        "fewer keys match than the minimum group of "
            + minimumGroup
            + "; no sums were revealed, and the number of matches only to the party that refused;"
            + " ask a question that concerns more records");
    this.minimumGroup = minimumGroup;
    this.here = here;
  }

  /** The larger of both parties' minima. */
  public int minimumGroup() {
    return minimumGroup;
  }

  /** Whether this party refused; else its peer did. */
  public boolean here() {
    return here;
  }

  /** {@code group.tooSmall}. */
  public String code() {
    return "group.tooSmall";
  }
}
