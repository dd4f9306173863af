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
   * @param columns scratch of one residue's length
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
}
