package org.tidegate.mpc.lane;

/**
 * Products in GF(2^128) = GF(2)[x] / (x^128 + x^7 + x^2 + x + 1), many at a time.
 *
 * <p>Element i is {@code high[i]·x^64 + low[i]}: bit k of {@code low} is the coefficient of x^k.
 * Time depends on the count only; no memory is read at places that depend on elements.
 * Implementations have no mutable state.
 */
public interface Gf128 {
  /**
   * r[i] = a[i]·b[i] for i in [from, to). The result may be an operand.
   *
   * @param rl low halves of the products, and so on
   */
  void multiply(long[] rl, long[] rh, long[] al, long[] ah, long[] bl, long[] bh, int from, int to);

  /**
   * The sum of a[i]·b[i] for i in [from, to), reduced once at the end.
   *
   * @param sum receives the lower and the upper half; zero if there are no products
   */
  void innerProduct(long[] sum, long[] al, long[] ah, long[] bl, long[] bh, int from, int to);
}
