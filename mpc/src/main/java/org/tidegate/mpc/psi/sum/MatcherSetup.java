package org.tidegate.mpc.psi.sum;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.session.Session;

/** The matcher before the handshake. */
public final class MatcherSetup {
  private final Session session;
  private final IntersectionSumParameters parameters;

  /** The session's binding names the matcher first and the value owner second. */
  public MatcherSetup(Session session, IntersectionSumParameters parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  /**
   * Shakes hands: both must have the same parameters and binding, and learn each other's number of
   * rows and minimum group.
   *
   * @param keys this party's keys in canonical bytes, distinct
   * @param minimumGroup the fewest matches that this party agrees to reveal anything about; 1 means
   *     no minimum
   * @throws IllegalArgumentException if there are more keys than agreed
   */
  public Matcher connect(PackedBytes keys, int minimumGroup) {
    throw new UnsupportedOperationException();
  }
}
