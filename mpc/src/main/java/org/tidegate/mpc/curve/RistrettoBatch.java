package org.tidegate.mpc.curve;

/**
 * {@link GroupBatch} of Ristretto255. The map is the one-way map of RFC 9496, section 4.3.4, of 64
 * uniform bytes.
 */
public interface RistrettoBatch extends GroupBatch {
  /** The length of an encoded element and of a scalar. */
  int ELEMENT_BYTES = 32;

  /** The length of the input of the one-way map. */
  int UNIFORM_BYTES = 64;

  @Override
  default Group group() {
    return Group.RISTRETTO255;
  }
}
