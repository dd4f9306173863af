package org.tidegate.mpc.lane;

/**
 * Arithmetic modulo p = 2^255 − 19 on {@link #lanes()} independent elements at a time.
 *
 * <p><b>Representation.</b> An element is Σ x<sub>i</sub>·2^(51·i), i = 0..4, with signed integer
 * limbs held in doubles. A <i>slot</i> of a {@code double[]} holds one element per lane: limb i of
 * lane k is at {@code offset + i·lanes() + k}.
 *
 * <p><b>Bounds.</b> With r = 2^50 + 2^9, an element has <i>width</i> m when all its limbs are at
 * most m·r. Width 1 is called tight. Products need m(a)·m(b) ≤ 3, since 3·r² &lt; 2^102; no operand
 * may exceed width 4. What is returned is tight unless said otherwise. The bounds of the products
 * are proven at {@link Field25519Scalar#multiply}.
 *
 * <p><b>Aliasing.</b> The result may be the very slot of an operand; slots must not overlap
 * otherwise. Results are fully overwritten.
 *
 * <p>No operation branches on limbs or reads memory at places that depend on them. Implementations
 * have no state and may be shared by threads.
 */
public interface Field25519 {
  /** Limbs of an element. */
  int LIMBS = 5;

  /** Elements in a slot: 1, 4 or 8. */
  int lanes();

  /** Doubles in a slot. */
  default int slot() {
    return LIMBS * lanes();
  }

  /** r = a·b, for m(a)·m(b) ≤ 3. */
  void multiply(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /** r = a², for tight a. */
  void square(double[] r, int ro, double[] a, int ao);

  /** r = a + b of width m(a) + m(b). */
  void add(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /** r = a − b of width m(a) + m(b). */
  void subtract(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /** r = a + b, tight, for m(a) + m(b) ≤ 4. */
  void addTight(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /** r = a − b, tight, for m(a) + m(b) ≤ 4. */
  void subtractTight(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /** r = a + 2·b, tight, for m(a) + 2·m(b) ≤ 4. */
  void addTwiceTight(double[] r, int ro, double[] a, int ao, double[] b, int bo);

  /**
   * s = a + b and d = a − b, both of width m(a) + m(b), all in one array.
   *
   * <p>s and d may be the slots of a and b, in either order.
   */
  void sumAndDifference(double[] w, int s, int d, int a, int b);

  /** As {@link #sumAndDifference}, tight, for m(a) + m(b) ≤ 4. */
  void sumAndDifferenceTight(double[] w, int s, int d, int a, int b);

  /** r = a + k·b, tight, for 0 ≤ k ≤ 2^17, m(a) ≤ 2, m(b) ≤ 2. */
  void addMultiple(double[] r, int ro, double[] a, int ao, double[] b, int bo, int k);

  /**
   * (a, b) = (b, a) in the lanes whose bit is 1, unchanged where it is 0.
   *
   * @param bits one double per lane, 0 or 1
   */
  void swap(double[] a, int ao, double[] b, int bo, double[] bits);

  /**
   * r = a in the lanes whose bit is 0, b where it is 1.
   *
   * @param bits one double per lane, 0 or 1
   */
  void select(double[] r, int ro, double[] a, int ao, double[] b, int bo, double[] bits);

  /** Entries of a table that {@link #lookUp} reads. */
  int ENTRIES = 9;

  /**
   * r = Σ<sub>j</sub> weights[j]·table[j] for consecutive runs of slots, where one weight is 1 and
   * the others are 0: a table look-up that touches every entry.
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

  /** r = a^(2^n), n ≥ 1, for tight a. */
  default void squareTimes(double[] r, int ro, double[] a, int ao, int n) {
    square(r, ro, a, ao);
    for (int i = 1; i < n; i++) {
      square(r, ro, r, ro);
    }
  }
}
