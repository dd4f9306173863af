package org.tidegate.mpc.psi.sum;

import java.math.BigInteger;
import java.util.List;
import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.bytes.IntegerColumn;
import org.tidegate.mpc.paillier.SlotLayout;

/** The value owner's columns, checked, to be packed into plaintexts. */
final class PackedValues {
  private final IntersectionSumParameters parameters;
  private final SlotLayout layout;
  private final List<IntegerColumn> columns;

  private PackedValues(IntersectionSumParameters parameters, List<IntegerColumn> columns) {
    this.parameters = parameters;
    this.layout = parameters.layout();
    this.columns = columns;
  }

  /** Checks columns against slots, and every value against its slot's range. */
  static PackedValues of(
      IntersectionSumParameters parameters, List<IntegerColumn> columns, int rows) {
    List<Slot> slots = parameters.slots();
    if (columns.size() != slots.size()) {
      throw new IllegalArgumentException(
          columns.size() + " columns of values for " + slots.size() + " agreed ones");
    }
    for (int slot = 0; slot < slots.size(); slot++) {
      IntegerColumn column = columns.get(slot);
      String name = slots.get(slot).name();
      if (column.rows() != rows) {
        throw new IllegalArgumentException(
            "column " + name + " has " + column.rows() + " values for " + rows + " keys");
      }
      int bits = slots.get(slot).valueBits();
      for (int row = 0; row < rows; row++) {
        if (column.value(row).abs().bitLength() > bits) {
          throw new IllegalArgumentException(
              "column "
                  + name
                  + ", row "
                  + row
                  + ": the value has more than the "
                  + bits
                  + " bits that its type has");
        }
      }
    }
    return new PackedValues(parameters, List.copyOf(columns));
  }

  /**
   * Writes the plaintexts of one row.
   *
   * @param out plaintexts() numbers as long as N
   */
  void pack(int row, byte[] out, int offset) {
    int width = parameters.paillier().modulusBytes();
    BigInteger block = BigInteger.ZERO;
    int current = 0;
    for (int slot = 0; slot < columns.size(); slot++) {
      int plaintext = layout.places().get(slot).plaintext();
      if (plaintext != current) {
        BigEndian.writeUnsigned(block, out, offset + current * width, width);
        block = BigInteger.ZERO;
        current = plaintext;
      }
      block = layout.add(block, slot, columns.get(slot).value(row));
    }
    BigEndian.writeUnsigned(block, out, offset + current * width, width);
  }
}
