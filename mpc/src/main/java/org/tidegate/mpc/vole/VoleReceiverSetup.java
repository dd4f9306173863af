package org.tidegate.mpc.vole;

import org.tidegate.mpc.ot.extension.BitVoleReceiverSetup;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party that gets a and c, before the run. */
public final class VoleReceiverSetup {
  private final Session session;
  private final VoleParameters parameters;

  /**
   * A run that has not begun; the embedding protocol has compared the parameters.
   *
   * @param session of a lane that the embedding protocol has for itself; one run a session
   */
  public VoleReceiverSetup(Session session, VoleParameters parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  /**
   * Does the base transfers.
   *
   * @param size elements wanted, 1 to {@link VoleParameters#MAX_SIZE}, the same at both parties
   */
  public VoleReceiver connect(int size) {
    Shape shape = Shape.of(parameters, size);
    return RunGuard.guard(
        session,
        RunGuard.NoRefusal.class,
        () ->
            new VoleReceiver(
                session,
                parameters,
                shape,
                new BitVoleReceiverSetup(session, parameters.extension(), Trees.USE)
                    .connect(
                        shape.parts() * shape.pathBits(), shape.parts() * shape.allValueBits())));
  }
}
