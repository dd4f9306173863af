package org.tidegate.mpc.psi.sum;

import java.util.List;
import java.util.Optional;
import org.tidegate.mpc.bytes.IntegerColumn;
import org.tidegate.mpc.bytes.PackedBytes;
import org.tidegate.mpc.oprf.DistinctKeys;
import org.tidegate.mpc.paillier.PaillierKeyPair;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The value owner before the handshake. */
public final class ValueOwnerSetup {
  private final Session session;
  private final IntersectionSumParameters parameters;
  private final Optional<PaillierKeyPair> key;

  /**
   * Generates a fresh key for the run. The session's binding names the matcher first and the value
   * owner second.
   */
  public ValueOwnerSetup(Session session, IntersectionSumParameters parameters) {
    this(session, parameters, Optional.empty());
  }

  /**
   * With a key that other runs of the same job use too: a key is as good for many runs as for one.
   *
   * @throws IllegalArgumentException if the key has another size than agreed
   */
  public ValueOwnerSetup(
      Session session, IntersectionSumParameters parameters, PaillierKeyPair key) {
    this(session, parameters, Optional.of(key));
    if (!key.publicKey().parameters().equals(parameters.paillier())) {
      throw new IllegalArgumentException("the key has another size than agreed: " + key);
    }
  }

  private ValueOwnerSetup(
      Session session, IntersectionSumParameters parameters, Optional<PaillierKeyPair> key) {
    this.session = session;
    this.parameters = parameters;
    this.key = key;
  }

  /**
   * Shakes hands, and generates a key if there are slots and none was given.
   *
   * @param keys this party's keys in canonical bytes, distinct
   * @param values per slot one column, row i belonging to key i
   * @param minimumGroup the fewest matches that this party agrees to reveal anything about; 1 means
   *     no minimum
   * @throws IllegalArgumentException if there are more keys than agreed, or two are the same, if
   *     columns and slots do not fit, or a value is out of its slot's range (naming column and row)
   */
  public ValueOwner connect(PackedBytes keys, List<IntegerColumn> values, int minimumGroup) {
    return RunGuard.guard(
        session,
        GroupTooSmallException.class,
        () -> {
          Agreement.checkInput(keys.rows(), parameters.maxValueOwnerRows(), minimumGroup);
          DistinctKeys.require(keys);
          PackedValues packed = PackedValues.of(parameters, values, keys.rows());
          Agreement agreement = Agreement.asOwner(session, parameters, keys.rows(), minimumGroup);
          return new ValueOwner(session, agreement, keys, packed, keyOfRun());
        });
  }

  private Optional<PaillierKeyPair> keyOfRun() {
    if (parameters.slots().isEmpty() || key.isPresent()) {
      return key;
    }
    try (SecretRandom random = session.random().fork("owner.key")) {
      return Optional.of(PaillierKeyPair.generate(parameters.paillier(), random));
    }
  }
}
