package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One participant's evidence of its part in a job, signed with its receipt key.
 *
 * @param jobId the job
 * @param participant whose receipt it is
 * @param role its part in the protocol, such as {@code matcher}
 * @param outcome how the job ended here
 * @param planDigest digest of the plan it ran
 * @param method how it computed; absent where the node died before it could say
 * @param inputCommitments as in its acceptance
 * @param transcripts one per peer and lane, sorted; at most 1,000
 * @param outputDigest digest of the (salted) result, at the recipient of a completed job only
 * @param revealSent whether it sent, or may have sent, a revealing frame
 * @param at when it was signed
 */
public record Receipt(
    Digest jobId,
    String participant,
    String role,
    Outcome outcome,
    Digest planDigest,
    Optional<Method> method,
    List<Digest> inputCommitments,
    List<Transcript> transcripts,
    Optional<Digest> outputDigest,
    boolean revealSent,
    Instant at)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.receipt/1";

  /** Checks names and that no lane stands twice; sorts the transcripts. */
  public Receipt {
    Ids.participant("participant", participant);
    Ids.text("role", role, 64);
    inputCommitments = Ids.size("inputCommitments", inputCommitments, 0, 100);
    transcripts =
        Ids.size("transcripts", transcripts, 0, 1_000).stream()
            .sorted(Comparator.comparing(Transcript::peer).thenComparing(Transcript::lane))
            .toList();
    Ids.sortedDistinct(
        "transcripts", transcripts.stream().map(end -> end.peer() + " " + end.lane()).toList());
    at = Times.millis(at);
  }

  /** Reads a receipt. */
  public static Receipt fromJson(JsonObject json) {
    json.expect(
        TYPE,
        "jobId",
        "participant",
        "role",
        "outcome",
        "planDigest",
        "method",
        "inputCommitments",
        "transcripts",
        "outputDigest",
        "revealSent",
        "at");
    return new Receipt(
        json.digest("jobId"),
        json.string("participant"),
        json.string("role"),
        Outcome.parse(json.string("outcome")),
        json.digest("planDigest"),
        json.optionalObject("method").map(Method::fromJson),
        json.strings("inputCommitments").stream().map(Digest::parse).toList(),
        json.objects("transcripts", Transcript::fromJson),
        json.optionalDigest("outputDigest"),
        json.bool("revealSent"),
        json.time("at"));
  }

  /** Reads a signed receipt. */
  public static Signed<Receipt> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, Receipt::fromJson);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("jobId", jobId)
        .put("participant", participant)
        .put("role", role)
        .put("outcome", outcome.text())
        .put("planDigest", planDigest)
        .put("method", method)
        .put("inputCommitments", inputCommitments)
        .put("transcripts", transcripts)
        .put("outputDigest", outputDigest)
        .put("revealSent", revealSent)
        .put("at", at)
        .build();
  }
}
