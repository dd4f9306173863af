package org.tidegate.mpc.ot.extension;

import org.tidegate.mpc.bytes.BigEndian;
import org.tidegate.mpc.hash.DomainHash;
import org.tidegate.mpc.lane.Gf128;
import org.tidegate.mpc.random.PublicRandom;

/**
 * χ(x) = x_m + Σ_{i&lt;m} χ_i·x_i over GF(2^128) for a row of blocks x_0 … x_m: linear over GF(2),
 * and two rows that differ before their last block have the same hash with probability 2^−128.
 * Immutable.
 */
final class LinearHash {
  static final int HASH_BYTES = 16;

  private final Gf128 field;
  private final long[] low;
  private final long[] high;

  /**
   * The hash that a challenge gives an instance.
   *
   * @param rowWords words of a row, two a block
   */
  LinearHash(Gf128 field, byte[] run, byte[] challenge, int instance, int rowWords) {
    this.field = field;
    int blocks = rowWords / 2 - 1;
    low = new long[blocks];
    high = new long[blocks];
    byte[] seed =
        new DomainHash("tidegate.ot.extension.challenge/1")
            .bytes(run)
            .number(instance)
            .bytes(challenge)
            .finish();
    byte[] bytes = new byte[HASH_BYTES * blocks];
    new PublicRandom("ot.extension/chi", seed).nextBytes(bytes, 0, bytes.length);
    for (int i = 0; i < blocks; i++) {
      low[i] = BigEndian.readLongLittle(bytes, HASH_BYTES * i);
      high[i] = BigEndian.readLongLittle(bytes, HASH_BYTES * i + 8);
    }
  }

  /** Writes the hash of the row that begins at {@code from}. */
  void hash(long[] rows, int from, byte[] out, int at) {
    int blocks = low.length;
    long[] xl = new long[blocks];
    long[] xh = new long[blocks];
    for (int i = 0; i < blocks; i++) {
      xl[i] = rows[from + 2 * i];
      xh[i] = rows[from + 2 * i + 1];
    }
    field.multiply(xl, xh, xl, xh, low, high, 0, blocks);
    long sumLow = rows[from + 2 * blocks];
    long sumHigh = rows[from + 2 * blocks + 1];
    for (int i = 0; i < blocks; i++) {
      sumLow ^= xl[i];
      sumHigh ^= xh[i];
    }
    BigEndian.writeLongLittle(out, at, sumLow);
    BigEndian.writeLongLittle(out, at + 8, sumHigh);
  }
}
