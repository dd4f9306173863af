package org.tidegate.mpc.okvs;

/**
 * Products with the dense slots D[1] … D[g] of a cluster: for each byte of a row's coefficients a
 * table of its 256 multiples, so that a row costs a look-up for each. They are indexed by hashes of
 * the caller's own keys, as is everything in a store.
 */
final class DenseTable {
  private static final long FOLD = 0x87; // x^128 = x^7 + x^2 + x + 1

  private final StoreField field;
  private final int bytes;
  private final long[] table;

  DenseTable(OkvsParameters parameters) {
    field = parameters.field();
    bytes = parameters.coefficientBytes();
    table = new long[bytes * 512];
  }

  /** Takes the dense slots of P from {@code at}. */
  void load(long[] store, int at) {
    switch (field) {
      case GF128 -> loadPolynomials(store, at);
      case GF2 -> loadBits(store, at);
    }
  }

  private void loadBits(long[] store, int at) {
    for (int i = 0; i < bytes; i++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        int slot = 2 * (at + Byte.SIZE * i + bit);
        fill(512 * i, 1 << bit, store[slot], store[slot + 1]);
      }
    }
  }

  private void loadPolynomials(long[] store, int at) {
    for (int k = 0; k < bytes / ClusterRows.POLYNOMIAL_BYTES; k++) {
      long low = store[2 * (at + k)];
      long high = store[2 * (at + k) + 1];
      // Polynomials are big-endian: their last byte has the lowest powers of x.
      for (int i = ClusterRows.POLYNOMIAL_BYTES - 1; i >= 0; i--) {
        int base = (ClusterRows.POLYNOMIAL_BYTES * k + i) * 512;
        for (int bit = 1; bit < 256; bit <<= 1) {
          fill(base, bit, low, high);
          long carry = high >> 63;
          high = high << 1 | low >>> 63;
          low = low << 1 ^ carry & FOLD;
        }
      }
    }
  }

  /** Entries [bit, 2·bit) from those below. */
  private void fill(int base, int bit, long low, long high) {
    for (int i = 0; i < bit; i++) {
      table[base + 2 * (bit + i)] = table[base + 2 * i] ^ low;
      table[base + 2 * (bit + i) + 1] = table[base + 2 * i + 1] ^ high;
    }
  }

  /** t[row] += Σ coefficient · D. */
  void addProducts(byte[] coefficients, int stride, int rows, long[] t) {
    for (int row = 0; row < rows; row++) {
      long low = t[2 * row];
      long high = t[2 * row + 1];
      int from = row * stride;
      for (int i = 0; i < bytes; i++) {
        int at = 512 * i + 2 * (coefficients[from + i] & 0xff);
        low ^= table[at];
        high ^= table[at + 1];
      }
      t[2 * row] = low;
      t[2 * row + 1] = high;
    }
  }
}
