package org.tidegate.ledger.audit.block;

import java.util.List;
import org.tidegate.ledger.records.Digest;

/**
 * One block after its checks.
 *
 * @param number its number
 * @param headerHash the hash by which the next block must name it
 * @param verdicts one a transaction, recomputed; empty for block 0
 * @param problems what did not hold; empty for an honest block
 */
public record VerifiedBlock(
    long number, Digest headerHash, List<BlockValidator.Verdict> verdicts, List<Problem> problems) {

  /**
   * Something that did not hold.
   *
   * @param code {@code block.link}, {@code block.format}, {@code block.data}, {@code block.flags}
   * @param transaction its place in the block, or -1 for the block as a whole
   * @param message what, in words
   */
  public record Problem(String code, int transaction, String message) {}
}
