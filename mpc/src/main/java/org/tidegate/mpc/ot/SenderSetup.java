package org.tidegate.mpc.ot;

import org.tidegate.mpc.curve.DoubledElements;
import org.tidegate.mpc.curve.FixedElement;
import org.tidegate.mpc.curve.SecretScalars;
import org.tidegate.mpc.field.Scalars;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.Session;

/** The party with two keys per transfer, before it has listened. */
public final class SenderSetup {
  private final Session session;
  private final BaseOtParameters parameters;
  private final String use;

  /**
   * Transfers of one use.
   *
   * @param use what they are for; each use once per session
   */
  public SenderSetup(Session session, BaseOtParameters parameters, String use) {
    this.session = session;
    this.parameters = parameters;
    this.use = use;
  }

  /** Draws b; says nothing to the peer yet. */
  public Sender prepare() {
    byte[] scalar;
    try (SecretRandom random = session.random().fork("ot.base.sender/" + use)) {
      scalar = SecretScalars.random(random);
    }
    byte[] element = new byte[BaseHashes.ELEMENT];
    // The double of b/2·G.
    new DoubledElements()
        .multiply(FixedElement.generator(), Scalars.half(scalar), 0, element, 0, 1);
    return new Sender(
        session, parameters, new BaseHashes(session, parameters, use), scalar, element);
  }
}
