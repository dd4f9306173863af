package org.tidegate.ledger.embedded;

import java.time.Duration;

/**
 * When the orderer cuts a block: whichever comes first.
 *
 * @param maxCount transactions, 1 to 10,000
 * @param preferredBytes of transactions, beyond which the next one goes into the next block
 * @param absoluteBytes the largest transaction
 * @param timeout since the first transaction of the block; what arrives while the block before is
 *     being synced is taken along in any case
 */
public record BatchLimits(int maxCount, int preferredBytes, int absoluteBytes, Duration timeout) {
  /** 500 transactions, 2 MiB, one transaction of at most 10 MiB, 5 ms. */
  public static final BatchLimits DEFAULT =
      new BatchLimits(500, 2 << 20, 10 << 20, Duration.ofMillis(5));

  /** Checks the ranges. */
  public BatchLimits {
    if (maxCount < 1 || maxCount > 10_000) {
      throw new IllegalArgumentException("batch of " + maxCount + " transactions; 1 to 10000");
    }
    if (preferredBytes < 1 || absoluteBytes < preferredBytes || absoluteBytes > 32 << 20) {
      throw new IllegalArgumentException(
          "batch of "
              + preferredBytes
              + " to "
              + absoluteBytes
              + " bytes; the first at least 1, the second not smaller and at most 33554432");
    }
    if (timeout.isNegative() || timeout.toMillis() > 60_000) {
      throw new IllegalArgumentException("batch timeout " + timeout + "; 0 s to 60 s");
    }
  }
}
