package org.tidegate.mpc.vole;

/**
 * What the receiver holds: a and c with c = a·Δ + b. Elements of GF(2^128) are pairs of words, the
 * lower first. Whoever gets the arrays may use them up.
 *
 * @param a as many elements as were agreed
 * @param c as many
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
public record ReceiverShares(long[] a, long[] c) {
  /** Never the content. */
  @Override
  public String toString() {
    return "ReceiverShares[" + a.length / 2 + " elements]";
  }
}
