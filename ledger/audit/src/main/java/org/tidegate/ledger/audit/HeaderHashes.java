package org.tidegate.ledger.audit;

import java.util.Arrays;
import org.tidegate.ledger.records.Digest;

/** The header hashes of a chain by block number, 32 bytes each. */
final class HeaderHashes {
  private static final int HASH_BYTES = 32;

  private byte[] hashes = new byte[64 * HASH_BYTES];
  private int size;

  void add(Digest hash) {
    if ((size + 1) * HASH_BYTES > hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * hashes.length);
    }
    System.arraycopy(hash.bytes(), 0, hashes, size++ * HASH_BYTES, HASH_BYTES);
  }

  int size() {
    return size;
  }

  Digest get(long number) {
    int at = Math.toIntExact(number) * HASH_BYTES;
    return Digest.ofHash(Arrays.copyOfRange(hashes, at, at + HASH_BYTES));
  }

  Digest last() {
    return get(size - 1);
  }
}
