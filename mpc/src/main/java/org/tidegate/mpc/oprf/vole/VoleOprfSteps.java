package org.tidegate.mpc.oprf.vole;

import org.tidegate.mpc.channel.Step;

/** The steps on the wire, in their order, after those of the linear evaluation. */
public final class VoleOprfSteps {
  /** Sender, malicious only: H(w_s). */
  public static final Step COMMITTED = new Step(65, "oprf: the sender's commitment");

  /** Receiver: r, and w_r if malicious. */
  public static final Step SEED = new Step(66, "oprf: the store's seed");

  /** Receiver: A + P. */
  public static final Step STORE = new Step(67, "oprf: the blinded store");

  /** Sender, malicious only: w_s. */
  public static final Step OPENED = new Step(68, "oprf: the sender's mask");

  private VoleOprfSteps() {}
}
