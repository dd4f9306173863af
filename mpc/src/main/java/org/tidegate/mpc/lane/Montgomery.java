package org.tidegate.mpc.lane;

/**
 * Montgomery multiplication on {@link #lanes()} independent residues at a time, modulo one odd N.
 *
 * <p><b>Representation.</b> With L limbs ({@link MontgomeryModulus#limbs()}, even) and R = 2^(50·L)
 * ≥ 4·N, a residue is Σ x<sub>i</sub>·2^(50·i) with signed integer limbs held in doubles; limb i of
 * lane k is at {@code offset + i·lanes() + k}.
 *
 * <p><b>Bounds.</b> Values are within ±N and limbs within ±(2^49 + 2^9); both hold again for a
 * product, see {@link MontgomeryScalar#multiply}. Canonical values exist only as bytes.
 *
 * <p><b>Aliasing.</b> The result may be the very residue of an operand; residues must not overlap
 * otherwise. Results are fully overwritten. Time depends on N's length only. Implementations have
 * no state.
 */
public interface Montgomery {
  /** Residues side by side: 1, 4 or 8. */
  int lanes();

  /**
   * r = a·b / R modulo N.
   *
   * @param columns scratch of {@link MontgomeryModulus#scratch()} longs
   */
  void multiply(
      double[] r,
      int ro,
      double[] a,
      int ao,
      double[] b,
      int bo,
      MontgomeryModulus modulus,
      long[] columns);

  /**
   * (u, v) = (u', v') with u' + v'·N ≡ (u + v·N)·g / R modulo N², for half of the work modulo N².
   * From u·g = u'·R − M·N, where M is what Montgomery's reduction adds of N, follows v' = (v·g − M)
   * / R modulo N.
   *
   * @param u within the bounds, as after
   * @param v within ±2·N before, within ±(N + 1) after
   * @param g not u nor v
   * @param columns scratch of {@link MontgomeryModulus#scratch()} longs
   */
  void multiplyPair(double[] u, double[] v, double[] g, MontgomeryModulus modulus, long[] columns);
}
