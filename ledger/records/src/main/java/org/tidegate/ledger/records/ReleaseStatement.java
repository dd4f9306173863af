package org.tidegate.ledger.records;

import java.time.Instant;

/**
 * A participant's signed word that it has sent no revealing frame of a job and will send none. With
 * everybody's, the job's uses are given back.
 *
 * @param jobId the job
 * @param participant who states it
 * @param reason why the job did not run to its end, one line
 * @param at when it was signed
 */
public record ReleaseStatement(Digest jobId, String participant, String reason, Instant at)
    implements CanonicalRecord {
  /** The record's type on the ledger; the type itself says that nothing was revealed. */
  public static final String TYPE = "tidegate.no-reveal/1";

  /** Checks name and reason. */
  public ReleaseStatement {
    Ids.participant("participant", participant);
    Ids.text("reason", reason, 500);
    at = Times.millis(at);
  }

  /** Reads a statement. */
  public static ReleaseStatement fromJson(JsonObject json) {
    json.expect(TYPE, "jobId", "participant", "reason", "at");
    return new ReleaseStatement(
        json.digest("jobId"), json.string("participant"), json.string("reason"), json.time("at"));
  }

  /** Reads a signed statement. */
  public static Signed<ReleaseStatement> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, ReleaseStatement::fromJson);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("jobId", jobId)
        .put("participant", participant)
        .put("reason", reason)
        .put("at", at)
        .build();
  }
}
