package org.tidegate.mpc.ot.extension;

import org.tidegate.mpc.ot.SenderKeys;
import org.tidegate.mpc.ot.SenderSetup;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party with the bits, before the base transfers. */
public final class BitVoleReceiverSetup {
  private final Session session;
  private final ExtensionParameters parameters;
  private final String use;

  /**
   * Bit VOLEs of one use.
   *
   * @param use what they are for; each use once per session
   */
  public BitVoleReceiverSetup(Session session, ExtensionParameters parameters, String use) {
    this.session = session;
    this.parameters = parameters;
    this.use = use;
  }

  /**
   * Runs the base transfers.
   *
   * @param counts bits of each instance, 1 to 2^24
   */
  public BitVoleReceiver connect(int... counts) {
    int[] sizes = ExtensionParameters.checked(counts);
    return RunGuard.guard(
        session,
        RunGuard.NoRefusal.class,
        () -> {
          SenderKeys keys =
              new SenderSetup(session, parameters.base(sizes.length), Instance.baseUse(use))
                  .prepare()
                  .run();
          return new BitVoleReceiver(session, parameters, use, sizes, keys.keys());
        });
  }
}
