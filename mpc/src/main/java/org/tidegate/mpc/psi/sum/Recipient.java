package org.tidegate.mpc.psi.sum;

/** Who learns the sums and, of the two, sees its peer reveal. */
public enum Recipient {
  /** The party without values. */
  MATCHER,
  /** The party whose values are summed. */
  VALUE_OWNER
}
