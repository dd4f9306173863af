package org.tidegate.mpc.psi.sum;

import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.oprf.DistinctKeys;
import org.tidegate.mpc.session.RunGuard;
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
   * @throws IllegalArgumentException if there are more keys than agreed, or two are the same
   */
  public Matcher connect(PackedBytes keys, int minimumGroup) {
    return RunGuard.guard(
        session,
        GroupTooSmallException.class,
        () -> {
          Agreement.checkInput(keys.rows(), parameters.maxMatcherRows(), minimumGroup);
          DistinctKeys.require(keys);
          Agreement agreement = Agreement.asMatcher(session, parameters, keys.rows(), minimumGroup);
          return new Matcher(session, agreement, keys);
        });
  }
}
