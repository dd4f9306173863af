package org.tidegate.ledger.audit;

import java.util.Optional;
import java.util.OptionalInt;
import org.tidegate.ledger.records.Digest;

/**
 * One thing that does not hold.
 *
 * @param code what kind, such as {@code block.dataHash} or {@code receipt.missing}
 * @param block number of the block where it shows
 * @param tx index of the transaction in the block, or empty where the whole block is meant
 * @param jobId the job concerned, or empty
 * @param message what is wrong, in a sentence
 */
public record Finding(
    String code, long block, OptionalInt tx, Optional<Digest> jobId, String message) {
  /** The place in words: {@code block 7, transaction 0}. */
  public String place() {
    return "block " + block + (tx.isPresent() ? ", transaction " + tx.getAsInt() : "");
  }
}
