package org.tidegate.mpc.ring;

/**
 * The negacyclic number-theoretic transform: between the coefficients of a ∈ Z_q[X]/(X^N + 1) and
 * its values â[i] = a(ψ^(2·rev(i)+1)), where rev reverses log2 N bits. Products of polynomials are
 * products of values, one by one.
 *
 * <p>Everything is canonical, in [0, q); inputs outside give no meaningful result, but no exception
 * either. Implementations are immutable and shared by threads.
 */
public interface Ntt {
  /** q. */
  Modulus modulus();

  /** N. */
  int size();

  /** Coefficients a[from], …, a[from + N − 1] become values, in place. */
  void forward(long[] a, int from);

  /** Values a[from], …, a[from + N − 1] become coefficients, in place. */
  void inverse(long[] a, int from);

  /** r[i] = a[i]·b[i] for i in [from, to); the result may be an operand. */
  void multiply(long[] r, long[] a, long[] b, int from, int to);
}
