package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The end of a job whose uses were given back, because everybody signed that nothing was revealed.
 *
 * @param jobId the job
 * @param by the participant that released
 * @param statements everybody's statement, sorted by participant
 * @param at the transaction's time
 */
public record Release(
    Digest jobId, String by, List<Signed<ReleaseStatement>> statements, Instant at)
    implements JobEnd {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.release/1";

  /** Checks names; sorts the statements. */
  public Release {
    Ids.participant("by", by);
    statements =
        Ids.size("statements", statements, 1, 50).stream()
            .sorted(Comparator.comparing(signed -> signed.body().participant()))
            .toList();
    Ids.sortedDistinct(
        "statements", statements.stream().map(signed -> signed.body().participant()).toList());
    at = Times.millis(at);
  }

  /** Reads a release. */
  public static Release fromJson(JsonObject json) {
    json.expect(TYPE, "jobId", "by", "statements", "at");
    return new Release(
        json.digest("jobId"),
        json.string("by"),
        json.objects("statements", ReleaseStatement::signedFromJson),
        json.time("at"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("jobId", jobId)
        .put("by", by)
        .put("statements", statements)
        .put("at", at)
        .build();
  }
}
