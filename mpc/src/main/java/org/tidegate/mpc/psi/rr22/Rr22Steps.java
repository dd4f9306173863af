package org.tidegate.mpc.psi.rr22;

import org.tidegate.mpc.channel.Step;

/** The steps on the wire, in their order; those of the function's evaluation come after HELLO. */
public final class Rr22Steps {
  /** Both: digest of the agreement, keys. */
  public static final Step HELLO = new Step(1, "hello");

  /** Both: digests of what was sent and received. */
  public static final Step AGREE = new Step(2, "compare transcripts");

  /** Sender: tags of its keys, shuffled; with them the receiver finds its matches. */
  public static final Step TAGS = new Step(3, "sender's tags");

  /** Sender: digests of what was sent and received. */
  public static final Step SEALED = new Step(4, "confirm the tags");

  /** Receiver: digests of what was sent and received. */
  public static final Step DONE = new Step(5, "confirm the result");

  /** Sender: digests of what was sent and received. */
  public static final Step END = new Step(6, "confirm the end");

  /** Receiver, where both learn: which of the tags match, a bit each. */
  public static final Step MATCHED = new Step(7, "matching tags");

  static final String PROTOCOL = "psi.rr22/1";

  /** Tags of a frame. */
  static final int BATCH = 1 << 15;

  /** Bytes of bits of a frame. */
  static final int BIT_BATCH = 1 << 18;

  private Rr22Steps() {}
}
