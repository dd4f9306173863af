package org.tidegate.mpc.vole;

/**
 * What the sender holds: Δ, and b with c = a·Δ + b. Elements of GF(2^128) are pairs of words, the
 * lower first. Whoever gets the arrays may use them up.
 *
 * @param delta Δ
 * @param b as many elements as were agreed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
public record SenderShares(long[] delta, long[] b) {
  /** Never the content. */
  @Override
  public String toString() {
    return "SenderShares[" + b.length / 2 + " elements]";
  }
}
