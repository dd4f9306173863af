package org.tidegate.mpc.curve;

/**
 * Scalar multiplication of many elements of a {@link Group} by one secret scalar: the seam where
 * vector kernels go in. Elements travel encoded, so that a kernel may use any representation. All
 * implementations for one group give the same bytes, take time that does not depend on scalar and
 * elements, hold no state, and are called from several threads at once.
 */
public interface GroupBatch {
  /** Which group. */
  Group group();

  /**
   * Computes out[i] = scalar · in[i].
   *
   * @param scalar 32 bytes, little-endian, canonical modulo the group order, not zero
   * @param in count encoded elements, back to back
   * @param out count encoded elements, back to back; must not overlap {@code in}
   * @return −1, or the index of the first input that is no canonical encoding of an element other
   *     than the identity; the output is of no use then
   */
  int multiply(byte[] scalar, byte[] in, int inOffset, byte[] out, int outOffset, int count);

  /**
   * Computes out[i] = scalar · map(uniform[i]), where map is what the group's hashing suite does to
   * the expanded message: to the group's identity it comes with negligible probability only.
   *
   * @param uniform count uniform strings of {@link Group#uniformBytes()} each, back to back
   */
  void multiplyUniform(
      byte[] scalar, byte[] uniform, int offset, byte[] out, int outOffset, int count);

  /**
   * Tabulates the multiples of a public element: a few milliseconds.
   *
   * @throws IllegalArgumentException if the bytes are no canonical encoding of an element other
   *     than the identity
   */
  FixedBase fixedBase(byte[] encoded);
}
