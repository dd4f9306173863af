package org.tidegate.connector.source;

import java.util.List;

/**
 * What a fragment yields, packed column by column: row i has the key {@code keyData[keyOffsets[i],
 * keyOffsets[i + 1])} and, in every slot's column, the big-endian two's complement number at {@code
 * i·widthBytes}. Whoever gets the arrays must not change them.
 *
 * @param keyData the keys' bytes, one key after the other, all distinct
 * @param keyOffsets rows + 1 positions, the first 0
 * @param columns one a slot, in the order asked for
 * @param delivered rows before those of one key were added up
 */
@SuppressWarnings("ArrayRecordComponent") // a column view: compared by nobody, copied never
public record FragmentRows(byte[] keyData, int[] keyOffsets, List<Column> columns, long delivered) {
  /** Copies the list. */
  public FragmentRows {
    columns = List.copyOf(columns);
  }

  /** How many keys. */
  public int rows() {
    return keyOffsets.length - 1;
  }

  /** Never the content. */
  @Override
  public String toString() {
    return "FragmentRows[rows=" + rows() + ", columns=" + columns + "]";
  }

  /**
   * One slot's numbers.
   *
   * @param twosComplement rows × widthBytes bytes
   * @param widthBytes at least 1
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  public record Column(byte[] twosComplement, int widthBytes) {
    /** Never the content. */
    @Override
    public String toString() {
      return "Column[widthBytes=" + widthBytes + "]";
    }
  }
}
