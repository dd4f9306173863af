package org.tidegate.mpc.ot.extension;

import org.tidegate.mpc.channel.Step;

/** The steps on the wire after the base transfers, in their order. */
public final class ExtensionSteps {
  /** Receiver: the sums of each level of each tree, under the base transfers' keys. */
  public static final Step TREES = new Step(32, "extension: trees");

  /** Receiver, malicious only: the sum of each tree's check words, and a hash of all of them. */
  public static final Step LEAVES = new Step(33, "extension: check of the leaves");

  /** Receiver: per tree, the sum of its leaves' streams and the chosen bits. */
  public static final Step CORRECTIONS = new Step(34, "extension: corrections");

  /** Sender, malicious only: the seed of the linear hash. */
  public static final Step CHALLENGE = new Step(35, "extension: challenge");

  /** Receiver, malicious only: linear hashes of its bits and rows. */
  public static final Step ANSWER = new Step(36, "extension: answer to the challenge");

  private ExtensionSteps() {}
}
