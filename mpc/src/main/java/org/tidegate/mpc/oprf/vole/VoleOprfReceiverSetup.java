package org.tidegate.mpc.oprf.vole;

import org.tidegate.mpc.okvs.OkvsParameters;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;
import org.tidegate.mpc.vole.VoleReceiverSetup;

/** Prepares what needs no keys: the linear evaluation, of the size of the receiver's store. */
public final class VoleOprfReceiverSetup {
  private final Session session;
  private final VoleOprfParameters parameters;

  /**
   * A run that has not begun; the embedding protocol has compared the parameters.
   *
   * @param session of a lane that the embedding protocol has for itself
   */
  public VoleOprfReceiverSetup(Session session, VoleOprfParameters parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  /**
   * Runs the linear evaluation.
   *
   * @param keys how many the receiver has: 1 or more, the same at both parties
   */
  public VoleOprfReceiver connect(int keys) {
    OkvsParameters shape = parameters.store(keys);
    return RunGuard.guard(
        session,
        RunGuard.NoRefusal.class,
        () ->
            new VoleOprfReceiver(
                session,
                parameters,
                shape,
                new VoleReceiverSetup(session, parameters.vole()).connect(shape.slots()).run()));
  }
}
