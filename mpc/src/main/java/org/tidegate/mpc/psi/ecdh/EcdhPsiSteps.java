package org.tidegate.mpc.psi.ecdh;

import org.tidegate.mpc.channel.Step;

/** The steps on the wire, in their order. */
public final class EcdhPsiSteps {
  /** Both: digest of the agreement, rows. */
  public static final Step HELLO = new Step(1, "hello");

  /** Sender: what its key makes of the generator. */
  public static final Step KEY = new Step(2, "sender's public key");

  /** Receiver: its keys, blinded, shuffled. */
  public static final Step BLINDED = new Step(3, "receiver's blinded keys");

  /** Sender: the same elements under its key, in the same order. */
  public static final Step EVALUATED = new Step(4, "receiver's keys under the sender's");

  /** Both: digests of what was sent and received. */
  public static final Step AGREE = new Step(5, "compare transcripts");

  /** Sender: tokens of its keys, shuffled; with them the receiver finds its matches. */
  public static final Step TOKENS = new Step(6, "sender's tokens");

  /** Sender: digests of what was sent and received. */
  public static final Step SEALED = new Step(7, "confirm the tokens");

  /** Receiver: digests of what was sent and received. */
  public static final Step DONE = new Step(8, "confirm the result");

  /** Sender: digests of what was sent and received. */
  public static final Step END = new Step(9, "confirm the end");

  static final String PROTOCOL = "psi.ecdh/2";

  private EcdhPsiSteps() {}
}
