package org.tidegate.mpc.ot.extension;

import org.tidegate.mpc.session.Session;

/** The party with two random blocks per transfer, before the base transfers. */
public final class SenderSetup {
  private final Session session;
  private final ExtensionParameters parameters;
  private final String use;

  /**
   * Transfers of one use.
   *
   * @param use what they are for; each use once per session
   */
  public SenderSetup(Session session, ExtensionParameters parameters, String use) {
    this.session = session;
    this.parameters = parameters;
    this.use = use;
  }

  /**
   * Runs the base transfers.
   *
   * @param count transfers, 1 to 2^24
   */
  public Sender connect(int count) {
    return new Sender(
        session, use, new BitVoleSenderSetup(session, parameters, use).connect(count));
  }
}
