package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.List;

/**
 * One participant's consent to one job, signed with its receipt key after it derived the same plan.
 *
 * @param jobId the job
 * @param planDigest digest of the plan this participant derived itself
 * @param participant who accepts
 * @param inputCommitments salted commitments to the inputs (and randomness) it will use, in the
 *     plan's order; at most 100
 * @param expires after this instant the acceptance can no longer be used to reserve
 */
public record Acceptance(
    Digest jobId,
    Digest planDigest,
    String participant,
    List<Digest> inputCommitments,
    Instant expires)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.acceptance/1";

  /** Checks the name and the number of commitments. */
  public Acceptance {
    Ids.participant("participant", participant);
    inputCommitments = Ids.size("inputCommitments", inputCommitments, 0, 100);
    expires = Times.millis(expires);
  }

  /** Reads an acceptance. */
  public static Acceptance fromJson(JsonObject json) {
    json.expect(TYPE, "jobId", "planDigest", "participant", "inputCommitments", "expires");
    return new Acceptance(
        json.digest("jobId"),
        json.digest("planDigest"),
        json.string("participant"),
        json.strings("inputCommitments").stream().map(Digest::parse).toList(),
        json.time("expires"));
  }

  /** Reads a signed acceptance. */
  public static Signed<Acceptance> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, Acceptance::fromJson);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("jobId", jobId)
        .put("planDigest", planDigest)
        .put("participant", participant)
        .put("inputCommitments", inputCommitments)
        .put("expires", expires)
        .build();
  }
}
