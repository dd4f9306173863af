package org.tidegate.mpc.vole;

import org.tidegate.mpc.channel.Step;

/** The steps on the wire, in their order, after those of the transfers. */
public final class VoleSteps {
  /** Sender: per tree the masked sums of its levels, and s. */
  public static final Step TREES = new Step(48, "linear evaluation: sums of the trees");

  /** Receiver, malicious only: seed of χ, and x'. */
  public static final Step CHALLENGE = new Step(49, "linear evaluation: challenge to the trees");

  /** Sender, malicious only: H(V). */
  public static final Step ANSWER = new Step(50, "linear evaluation: answer");

  private VoleSteps() {}
}
