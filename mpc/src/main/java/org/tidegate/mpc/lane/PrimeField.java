package org.tidegate.mpc.lane;

/**
 * Arithmetic modulo a {@link SparsePrime} p on {@link #lanes()} independent elements at a time.
 *
 * <p><b>Representation.</b> An element is x·R modulo p with R = 2^255, as Σ x<sub>i</sub>·2^(51·i),
 * i = 0..4, with signed integer limbs held in doubles. A <i>slot</i> of a {@code double[]} holds
 * one element per lane: limb i of lane k is at {@code offset + i·lanes() + k}.
 *
 * <p><b>Bounds.</b> |x<sub>i</sub>| ≤ 2^50 for i = 0..3 and |x<sub>4</sub>| ≤ 2^51, in all operands
 * and all results: what every operation does last is to take off the multiple of p that brings the
 * top limb within its bound. There are no sums left unreduced, since the top limb has no bit to
 * spare for them; instead products with terms taken off are one operation. The bounds are proven at
 * {@link PrimeFieldScalar}.
 *
 * <p><b>Aliasing.</b> The result may be the very slot of an operand; slots must not overlap
 * otherwise. Results are fully overwritten.
 *
 * <p>No operation branches on limbs or reads memory at places that depend on them. Implementations
 * have no state and may be shared by threads.
 */
public interface PrimeField {
  /** Limbs of an element. */
  int LIMBS = SparsePrime.LIMBS;

  /** Entries of a table that {@link #lookUp} reads. */
  int ENTRIES = 8;

  /** The modulus. */
  SparsePrime prime();

  /** Elements in a slot: 1, 4 or 8. */
  int lanes();

  /** Doubles in a slot. */
  default int slot() {
    return LIMBS * lanes();
  }

  /** r = a·b/R. */
  void multiply(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /** r = 2·a·b/R. */
  void multiplyTwice(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /** r = a·b/R − c. */
  void multiplyMinus(
      double[] r, int ro, double[] a, int ao, double[] b, int bo, double[] c, int co);

  /** r = (a·b − c·e)/R, with one reduction for both. */
  void multiplyMinusProduct(
      double[] r,
      int ro,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      double[] e,
      int eo);

  /** r = 2·(a·b − c·e)/R, with one reduction for both. */
  void multiplyMinusProductTwice(
      double[] r,
      int ro,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      double[] e,
      int eo);

  /** r = a²/R. */
  void square(double[] r, int ro, double[] a, int ao);

  /** r = 4·a²/R. */
  void squareFourfold(double[] r, int ro, double[] a, int ao);

  /** r = a²/R − 2·c. */
  void squareMinusTwice(double[] r, int ro, double[] a, int ao, double[] c, int co);

  /** r = a²/R − c − 2·e. */
  void squareMinus(double[] r, int ro, double[] a, int ao, double[] c, int co, double[] e, int eo);

  /** r = 3·(a² − b²)/R, with one reduction for both. */
  void squaresThrice(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /** r = a + b. */
  void add(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /** r = a − b. */
  void subtract(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /** r = 2·(a − b). */
  void subtractTwice(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /**
   * r = a in the lanes whose bit is 0, b where it is 1.
   *
   * @param bits one double per lane, 0 or 1
   */
  void select(double[] r, int ro, double[] a, int ao, double[] b, int bo, double[] bits);

  /**
   * r = Σ<sub>j</sub> weights[j]·table[j] for consecutive runs of slots, where one weight is 1 or
   * −1 and the others are 0: a table look-up that touches every entry.
   *
   * @param table {@value #ENTRIES} entries of {@code slots} slots each, at {@code to}
   * @param weights one per entry, the same for all lanes
   */
  void lookUp(double[] r, int ro, double[] table, int to, int slots, double[] weights);

  /**
   * r = in each lane the entry that the lane's index names, of a table that is the same for all
   * lanes; touches every entry.
   *
   * @param table {@link #ENTRIES} entries of {@code slots}·{@link #LIMBS} limbs, at {@code to}
   * @param index one per lane, 0 to {@link #ENTRIES} − 1
   */
  void lookUpEach(double[] r, int ro, double[] table, int to, int slots, double[] index);

  /** r = a^(2^n)/R^(2^n − 1), n ≥ 1: squares n times. */
  default void squareTimes(double[] r, int ro, double[] a, int ao, int n) {
    square(r, ro, a, ao);
    for (int i = 1; i < n; i++) {
      square(r, ro, r, ro);
    }
  }
}
