package org.tidegate.mpc.curve;

/**
 * Scalar multiplication of many elements of Ristretto255 by one secret scalar: the seam where
 * vector kernels go in. Elements travel encoded, so that a kernel may use any representation. All
 * implementations give the same bytes, take time that does not depend on scalar and elements, hold
 * no state, and are called from several threads at once.
 */
public interface RistrettoBatch {
  /** The length of an encoded element and of a scalar. */
  int ELEMENT_BYTES = 32;

  /** The length of the input of the one-way map. */
  int UNIFORM_BYTES = 64;

  /**
   * Computes out[i] = scalar · in[i].
   *
   * @param scalar 32 bytes, little-endian, canonical modulo the group order, not zero
   * @param in count encoded elements, 32 bytes each
   * @param out count encoded elements, 32 bytes each; must not overlap {@code in}
   * @return −1, or the index of the first input that is no canonical encoding of an element other
   *     than the identity; the output is of no use then
   */
  int multiply(byte[] scalar, byte[] in, int inOffset, byte[] out, int outOffset, int count);

  /**
   * Computes out[i] = scalar · map(uniform[i]) with the one-way map of RFC 9496, section 4.3.4.
   *
   * @param uniform count uniform strings, 64 bytes each
   */
  void multiplyUniform(
      byte[] scalar, byte[] uniform, int offset, byte[] out, int outOffset, int count);
}
