package org.tidegate.mpc.psi.sum;

import org.tidegate.mpc.channel.Step;

/**
 * The steps on the wire. Which party sends RETURNED and EVALUATED first depends on the recipient.
 */
public final class SumSteps {
  /** Both: digest of the agreement, rows, minimum group. */
  public static final Step HELLO = new Step(1, "hello");

  /** Matcher: its keys to the power a, shuffled. */
  public static final Step MATCHER_KEYS = new Step(2, "matcher's blinded keys");

  /** Value owner: its public key. */
  public static final Step PUBLIC_KEY = new Step(3, "value owner's public key");

  /** Value owner: its keys to the power b, each with its encrypted values, shuffled. */
  public static final Step OWNER_ROWS = new Step(4, "value owner's blinded keys and values");

  /** Matcher: the value owner's keys to the power ab, shuffled again. Tells the owner the count. */
  public static final Step RETURNED = new Step(5, "value owner's keys, blinded twice");

  /** Value owner: the matcher's keys to the power ab, shuffled. Tells the matcher the count. */
  public static final Step EVALUATED = new Step(6, "matcher's keys, blinded twice");

  /** Both: digests of what was sent and received. */
  public static final Step AGREE = new Step(7, "compare transcripts");

  /** The party that is not the recipient: whether the group is large enough. */
  public static final Step VERDICT = new Step(8, "minimum group");

  /** The party that is not the recipient: digests, after the list that tells the count. */
  public static final Step SEALED = new Step(9, "confirm the list");

  /** Matcher: the encrypted sums, masked unless the value owner is the recipient. */
  public static final Step SUMS = new Step(10, "encrypted sums");

  /** Value owner: the masked sums. */
  public static final Step OPENED = new Step(11, "decrypted masked sums");

  /** Recipient: digests of what was sent and received. */
  public static final Step DONE = new Step(12, "confirm the result");

  /** The other party: digests of what was sent and received. */
  public static final Step END = new Step(13, "confirm the end");

  static final String PROTOCOL = "intersection-sum.ddh-paillier/1";
  static final byte ACCEPT = 1;
  static final byte REFUSE = 2;

  private SumSteps() {}
}
