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
    for (Receipt receipt : receipts) {
      Receipt first = receipts.getFirst();
      if (receipt.outcome() != first.outcome()) {
        return Optional.of(differ(first, receipt));
      }
    }
    return betweenCompleted(receipts);
  }

  /**
   * What two of the receipts say that cannot both be true, or empty. Weaker than a disagreement: a
   * party that was cut off after another's last frame does not know that the job was completed, and
   * says in all honesty that it was not; but nobody has a result of what nobody revealed.
   *
   * @param receipts as for {@link #disagreement}
   */
  public static Optional<String> contradiction(List<Receipt> receipts) {
    for (Receipt knows : receipts) {
      if (knows.outcome() != Outcome.COMPLETED || knows.outputDigest().isEmpty()) {
        continue;
      }
      for (Receipt other : receipts) {
        if (other.outcome() != Outcome.COMPLETED && !other.revealSent()) {
          return Optional.of(
              differ(knows, other) + ", and revealed nothing, yet the first has a result");
        }
      }
    }
    return betweenCompleted(
        receipts.stream().filter(receipt -> receipt.outcome() == Outcome.COMPLETED).toList());
  }

  private static String differ(Receipt one, Receipt other) {
    return "'%s' says %s, '%s' says %s"
        .formatted(one.participant(), one.outcome(), other.participant(), other.outcome());
  }

  private static Optional<String> betweenCompleted(List<Receipt> receipts) {
    Map<String, Receipt> byName = new HashMap<>();
    receipts.forEach(receipt -> byName.put(receipt.participant(), receipt));
    for (Receipt receipt : receipts) {
      Receipt first = receipts.getFirst();
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
