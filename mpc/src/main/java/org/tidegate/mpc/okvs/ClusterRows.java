package org.tidegate.mpc.okvs;

import java.util.Arrays;
import org.tidegate.mpc.hash.MmoHash;

/**
 * The rows of one cluster: three sparse columns and g dense coefficients of each. Reused for one
 * cluster after the other, by one thread.
 */
final class ClusterRows {
  /** Bytes of a coefficient in GF(2^128), the highest first: a polynomial of degree below 16. */
  static final int POLYNOMIAL_BYTES = 2;

  /** Three columns a row. */
  final int[] columns;

  /** How many rows. */
  int count;

  private final OkvsParameters parameters;
  private final MmoHash hash;
  private final int stride;
  private final byte[] coefficients;
  private final byte[] block = new byte[MmoHash.BLOCK_BYTES];

  ClusterRows(OkvsParameters parameters, byte[] seed, int capacity) {
    this.parameters = parameters;
    hash = new MmoHash(seed, KeyRows.KEY_BYTES);
    columns = new int[3 * capacity];
    int bytes = parameters.coefficientBytes();
    stride = (bytes + MmoHash.BLOCK_BYTES - 1) / MmoHash.BLOCK_BYTES * MmoHash.BLOCK_BYTES;
    coefficients = new byte[stride * capacity];
  }

  /** Loads a cluster. */
  void load(KeyRows rows, int cluster) {
    int from = rows.start[cluster];
    count = rows.start[cluster + 1] - from;
    int m = parameters.sparseSlots();
    for (int i = 0; i < count; i++) {
      KeyRows.columns(rows.hashes, from + i, m, columns, 3 * i);
    }
    if (stride == MmoHash.BLOCK_BYTES) {
      hash.hash(rows.hashes, from * KeyRows.KEY_BYTES, coefficients, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        expand(rows.hashes, (from + i) * KeyRows.KEY_BYTES, i * stride);
      }
    }
  }

  /** Small stores have more coefficients than a block has bytes. */
  private void expand(byte[] hashes, int from, int to) {
    for (int i = 0; i < stride; i += MmoHash.BLOCK_BYTES) {
      System.arraycopy(hashes, from, block, 0, block.length);
      block[0] ^= (byte) (i / MmoHash.BLOCK_BYTES);
      hash.hash(block, 0, coefficients, to + i, 1);
    }
  }

  /** The k-th coefficient of a row. */
  int coefficient(int row, int k) {
    int from = row * stride;
    return switch (parameters.field()) {
      case GF128 -> {
        int at = from + POLYNOMIAL_BYTES * k;
        yield (coefficients[at] & 0xff) << 8 | coefficients[at + 1] & 0xff;
      }
      case GF2 -> coefficients[from + k / Byte.SIZE] >>> k % Byte.SIZE & 1;
    };
  }

  /** Adds the dense part of the rows' values to t, pairs of words. */
  void addDense(DenseTable table, long[] t) {
    table.addProducts(coefficients, stride, count, t);
  }

  /** Forgets the rows. */
  void clear() {
    Arrays.fill(coefficients, (byte) 0);
    count = 0;
  }
}
