package org.tidegate.mpc.bigint;

import java.math.BigInteger;

/**
 * Arithmetic modulo n² for odd n, in batches: the seam where vector kernels go in. Paillier needs
 * it modulo p² and q² at the key's owner and modulo N² at everybody else. Residues travel as
 * unsigned big-endian strings of one width. All implementations give the same bytes.
 */
public interface SquareModulusKernel {
  /**
   * Prepares powers of one base.
   *
   * @param root n, odd
   * @param base 0 ≤ base &lt; n², without a factor in common with n
   * @param exponentBits the longest exponent
   * @param expectedPowers how many powers are likely to be asked for: chooses the table's size,
   *     never the result
   */
  FixedBase fixedBase(BigInteger root, BigInteger base, int exponentBits, int expectedPowers);

  /** Prepares products modulo {@code root}². */
  Products products(BigInteger root);

  /** Powers of one base; called from several threads at once. */
  interface FixedBase {
    /**
     * Computes out[i] = base ^ exponent[i] mod n². Table look-ups depend on the exponents: for
     * exponents that are secret only on a machine that is their owner's alone.
     *
     * @param exponents count unsigned big-endian numbers of {@code exponentBytes} each
     * @param out count residues of {@code outBytes} each
     */
    void powersVartime(
        byte[] exponents,
        int offset,
        int exponentBytes,
        byte[] out,
        int outOffset,
        int outBytes,
        int count);
  }

  /** Products of public residues; called from several threads at once. */
  interface Products {
    /**
     * The product of the residues number {@code rows[from], …, rows[to − 1]} modulo n²; 1 for none.
     *
     * @param residues unsigned big-endian numbers below n²
     * @param stride distance between the starts of two residues, in bytes
     * @param offset where residue 0 starts
     * @param width the width of a residue in bytes
     */
    BigInteger product(
        byte[] residues, int offset, int stride, int width, int[] rows, int from, int to);
  }
}
