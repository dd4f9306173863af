package org.tidegate.mpc.curve;

/**
 * A public element B of a {@link Group} with its multiples in a table, which hides many elements
 * behind secret multiples of B and takes these off again: no doublings, so several times faster
 * than {@link GroupBatch#multiply}.
 *
 * <p>Results carry the factor c = {@link Group#carried()}. Time depends on the number of elements
 * only; tables are read as a whole. Immutable; calls from several threads at once are fine. Scalars
 * s have 32 bytes each, little-endian, canonical modulo the group's order and not zero; they must
 * be uniform and used with one element each: then an addition of equal or opposite points has
 * negligible probability.
 */
public interface FixedBase {
  /**
   * Computes out[i] = c·map(uniform[i]) + s[i]·B: uniform, whatever map gives.
   *
   * @param uniform count uniform strings as of {@link GroupBatch#multiplyUniform}
   * @param out count encoded elements, back to back
   */
  void blind(
      byte[] scalars,
      int scalarOffset,
      byte[] uniform,
      int offset,
      byte[] out,
      int outOffset,
      int count);

  /**
   * Computes out[i] = c·(in[i] − s[i]·B).
   *
   * @param in count encoded elements, back to back
   * @param out count encoded elements, back to back; may be {@code in} at the same offset
   * @return −1, or the index of the first input that is no canonical encoding of an element other
   *     than the identity; the output is of no use then
   */
  int unblind(
      byte[] scalars,
      int scalarOffset,
      byte[] in,
      int inOffset,
      byte[] out,
      int outOffset,
      int count);
}
