package org.tidegate.mpc.ot;

import org.tidegate.mpc.channel.Step;

/** The steps on the wire, in their order. */
public final class BaseOtSteps {
  /** Receiver: r_0 and r_1 of each transfer. */
  public static final Step ELEMENTS = new Step(16, "base transfers: receiver's elements");

  /** Sender: B. */
  public static final Step KEY = new Step(17, "base transfers: sender's element");

  private BaseOtSteps() {}
}
