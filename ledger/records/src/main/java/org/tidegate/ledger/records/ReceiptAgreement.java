package org.tidegate.ledger.records;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether receipts of one job tell the same story: the same outcome everywhere and, for a completed
 * job, every lane seen alike from both its ends. An aborted job's lanes break off at different
 * frames, so its transcripts are evidence but not compared.
 */
public final class ReceiptAgreement {
  private ReceiptAgreement() {}

  /**
   * What two of the receipts contradict each other in, or empty.
   *
   * @param receipts of one job, one per participant; lanes to participants whose receipt is not
   *     among them are not compared
   */
  public static Optional<String> disagreement(List<Receipt> receipts) {
    Map<String, Receipt> byName = new HashMap<>();
    receipts.forEach(receipt -> byName.put(receipt.participant(), receipt));
    for (Receipt receipt : receipts) {
      Receipt first = receipts.getFirst();
      if (receipt.outcome() != first.outcome()) {
        return Optional.of(
            "'%s' says %s, '%s' says %s"
                .formatted(
                    first.participant(),
                    first.outcome(),
                    receipt.participant(),
                    receipt.outcome()));
      }
      if (receipt.outcome() != Outcome.COMPLETED) {
        continue;
      }
      if (!receipt.method().equals(first.method())) {
        return Optional.of(
            "'%s' and '%s' name different protocols or parameters"
                .formatted(first.participant(), receipt.participant()));
      }
      for (Transcript transcript : receipt.transcripts()) {
        Receipt other = byName.get(transcript.peer());
        if (other != null && !mirrored(transcript, receipt.participant(), other)) {
          return Optional.of(
              "'%s' and '%s' saw lane '%s' between them differently"
                  .formatted(receipt.participant(), other.participant(), transcript.lane()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean mirrored(Transcript seen, String seer, Receipt other) {
    return other.transcripts().stream()
        .anyMatch(end -> end.peer().equals(seer) && end.mirrors(seen));
  }
}
