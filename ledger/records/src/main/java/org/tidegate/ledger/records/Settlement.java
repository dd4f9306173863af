package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.List;

/**
 * The end of a job whose uses count.
 *
 * @param jobId the job
 * @param basis why it could be settled
 * @param by the participant that settled
 * @param receipts the participants whose receipts were there, sorted
 * @param uses what the job used
 * @param at the transaction's time
 */
public record Settlement(
    Digest jobId, Basis basis, String by, List<String> receipts, List<Use> uses, Instant at)
    implements JobEnd {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.settlement/1";

  /** Why a job could be settled. */
  public enum Basis {
    /** Every participant's receipt was there and they agreed. */
    AGREED("agreed"),
    /** The job had expired. */
    EXPIRED("expired");

    private final String text;

    Basis(String text) {
      this.text = text;
    }

    /** The word in records. */
    public String text() {
      return text;
    }

    static Basis parse(String text) {
      for (Basis basis : values()) {
        if (basis.text.equals(text)) {
          return basis;
        }
      }
      throw new RecordException(
          "'" + RecordException.excerpt(text) + "' is no basis; expected agreed or expired");
    }
  }

  /** Checks names. */
  public Settlement {
    Ids.participant("by", by);
    receipts = Ids.participants("receipts", receipts);
    uses = List.copyOf(uses);
    at = Times.millis(at);
  }

  /** Reads a settlement. */
  public static Settlement fromJson(JsonObject json) {
    json.expect(TYPE, "jobId", "basis", "by", "receipts", "uses", "at");
    return new Settlement(
        json.digest("jobId"),
        Basis.parse(json.string("basis")),
        json.string("by"),
        json.strings("receipts"),
        json.objects("uses", Use::fromJson),
        json.time("at"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("jobId", jobId)
        .put("basis", basis.text())
        .put("by", by)
        .put("receipts", receipts)
        .put("uses", uses)
        .put("at", at)
        .build();
  }
}
