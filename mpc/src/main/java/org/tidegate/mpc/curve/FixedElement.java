package org.tidegate.mpc.curve;

/**
 * A public element of Ristretto255 that is multiplied by many scalars: its table of multiples,
 * which is always read as a whole. Immutable.
 */
public final class FixedElement {
  private final long[] tables = new long[Edwards.tableLongs()];

  private FixedElement(long[] point) {
    new Edwards().tabulate(tables, point, 0);
  }

  /** The generator of RFC 9496. */
  public static FixedElement generator() {
    return of(Group.RISTRETTO255.generator(), 0);
  }

  /**
   * An encoded element.
   *
   * @throws IllegalArgumentException if the 32 bytes are no canonical encoding of an element other
   *     than the identity
   */
  public static FixedElement of(byte[] encoded, int offset) {
    long[] point = new long[Edwards.POINT];
    if (new Ristretto().decodeNonIdentity(point, 0, encoded, offset) == 0) {
      throw new IllegalArgumentException("the bytes encode no element, or the identity");
    }
    return new FixedElement(point);
  }

  long[] tables() {
    return tables;
  }
}
