package org.tidegate.mpc.okvs;

/** The field over which the map of a store is linear: that of its dense coefficients. */
public enum StoreField {
  /** GF(2^128): few dense columns, values are elements. */
  GF128(128),
  /**
   * GF(2): more dense columns, and values, hence slots, may be shorter: any 64 bits stay 64 bits.
   */
  GF2(64);

  private final int valueBits;

  StoreField(int valueBits) {
    this.valueBits = valueBits;
  }

  /** The bits of a value and of a slot, the lowest of an element of GF(2^128). */
  public int valueBits() {
    return valueBits;
  }
}
