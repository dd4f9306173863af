package org.tidegate.mpc.psi.sum;

import java.util.List;
import org.tidegate.mpc.bytes.IntegerColumn;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.session.Session;

/** The value owner before the handshake. */
public final class ValueOwnerSetup {
  private final Session session;
  private final IntersectionSumParameters parameters;

  /** The session's binding names the matcher first and the value owner second. */
  public ValueOwnerSetup(Session session, IntersectionSumParameters parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  /**
   * Shakes hands, and generates a key if there are slots.
   *
   * @param keys this party's keys in canonical bytes, distinct
   * @param values per slot one column, row i belonging to key i
   * @param minimumGroup the fewest matches that this party agrees to reveal anything about; 1 means
   *     no minimum
   * @throws IllegalArgumentException if there are more keys than agreed, if columns and slots do
   *     not fit, or a value is out of its slot's range (naming column and row)
   */
  public ValueOwner connect(PackedBytes keys, List<IntegerColumn> values, int minimumGroup) {
    throw new UnsupportedOperationException();
  }
}
