package org.tidegate.mpc.ot.extension;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.ot.ReceiverKeys;
import org.tidegate.mpc.ot.ReceiverSetup;
import org.tidegate.mpc.random.SecretRandom;
import org.tidegate.mpc.session.RunGuard;
import org.tidegate.mpc.session.Session;

/** The party with Δ, before the base transfers. */
public final class BitVoleSenderSetup {
  private final Session session;
  private final ExtensionParameters parameters;
  private final String use;

  /**
   * Bit VOLEs of one use.
   *
   * @param use what they are for; each use once per session
   */
  public BitVoleSenderSetup(Session session, ExtensionParameters parameters, String use) {
    this.session = session;
    this.parameters = parameters;
    this.use = use;
  }

  /**
   * Draws each instance's Δ and runs the base transfers.
   *
   * @param counts bits of each instance, 1 to 2^24
   */
  public BitVoleSender connect(int... counts) {
    int[] sizes = ExtensionParameters.checked(counts);
    return RunGuard.guard(
        session,
        RunGuard.NoRefusal.class,
        () -> {
          long[] deltas = new long[2 * sizes.length];
          try (SecretRandom random = session.random().fork("ot.extension.sender/" + use)) {
            byte[] bytes = random.nextBytes(8 * deltas.length);
            for (int i = 0; i < deltas.length; i++) {
              deltas[i] = BigEndian.readLongLittle(bytes, 8 * i);
            }
          }
          // A tree is known but for the path to leaf Δ_j: on each level the other side is chosen.
          long[] choices = new long[deltas.length];
          for (int i = 0; i < deltas.length; i++) {
            choices[i] = ~deltas[i];
          }
          ReceiverKeys keys =
              new ReceiverSetup(session, parameters.base(sizes.length), Instance.baseUse(use))
                  .prepare(choices)
                  .run();
          return new BitVoleSender(session, parameters, use, sizes, deltas, keys.keys());
        });
  }
}
