package org.tidegate.mpc.lane;

/**
 * Products in GF(2^64) = GF(2)[x] / (x^64 + x^4 + x^3 + x + 1), many at a time.
 *
 * <p>Bit k of an element is the coefficient of x^k. Time depends on the count only; no memory is
 * read at places that depend on elements. Implementations have no mutable state.
 */
public interface Gf64 {
  /** r[i] = a[i]·b[i] for i in [from, to). The result may be an operand. */
  void multiply(long[] r, long[] a, long[] b, int from, int to);

  /** The sum of a[i]·b[i] for i in [from, to); zero if there are none. */
  long innerProduct(long[] a, long[] b, int from, int to);
}
