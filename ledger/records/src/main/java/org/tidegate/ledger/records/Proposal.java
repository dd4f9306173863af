package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a job's proposer signs with its receipt key. The digest of the <em>signed</em> proposal is
 * the job id. The query itself (SQL with its constants, catalogue versions, parameters) is not in
 * here, because the proposal goes onto the ledger: it travels node to node and is bound by {@code
 * contentDigest}, which must be salted.
 *
 * @param space the space's name
 * @param proposer the participant that proposes, signs, and alone may reserve
 * @param recipient the participant that gets the result
 * @param purpose the purpose, which every grant used must name
 * @param participants everybody who takes part, sorted; proposer, recipient and grant owners among
 *     them; each of them accepts, writes a receipt, and signs a release; 1 to 50
 * @param needs the grants the plan needs, sorted by owner and grant, 1 to 200
 * @param planDigest digest of the (salted) plan
 * @param contentDigest digest of the salted private content of the proposal
 * @param created when it was signed
 * @param expires after this instant it can no longer be reserved, and a job reserved from it can be
 *     settled with the receipts that are there
 * @param security {@code malicious} where the plan is secure against parties that deviate from the
 *     protocol; absent where it is semi-honest. Every owner checks it against the plan it derives
 */
public record Proposal(
    String space,
    String proposer,
    String recipient,
    String purpose,
    List<String> participants,
    List<GrantNeed> needs,
    Digest planDigest,
    Digest contentDigest,
    Instant created,
    Instant expires,
    Optional<String> security)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.proposal/1";

  /** Checks names, that everybody concerned takes part, and the times; sorts the lists. */
  public Proposal {
    SpaceStatement.spaceName(space);
    Ids.participant("proposer", proposer);
    Ids.participant("recipient", recipient);
    Ids.id("purpose", purpose);
    participants = Ids.participants("participants", Ids.size("participants", participants, 1, 50));
    needs =
        Ids.size("needs", needs, 1, 200).stream()
            .sorted(Comparator.comparing(GrantNeed::key))
            .toList();
    Ids.sortedDistinct("needs", needs.stream().map(GrantNeed::key).toList());
    takesPart(participants, "proposer", proposer);
    takesPart(participants, "recipient", recipient);
    for (GrantNeed need : needs) {
      takesPart(participants, "owner of grant " + need.grant(), need.owner());
    }
    created = Times.millis(created);
    expires = Times.millis(expires);
    if (!created.isBefore(expires)) {
      throw new RecordException("proposal expires " + expires + ", not after " + created);
    }
    if (security.isPresent() && !security.get().equals(GradePolicy.MALICIOUS)) {
      throw new RecordException("security is malicious, or left out");
    }
  }

  /** A semi-honest proposal. */
  public Proposal(
      String space,
      String proposer,
      String recipient,
      String purpose,
      List<String> participants,
      List<GrantNeed> needs,
      Digest planDigest,
      Digest contentDigest,
      Instant created,
      Instant expires) {
    this(
        space,
        proposer,
        recipient,
        purpose,
        participants,
        needs,
        planDigest,
        contentDigest,
        created,
        expires,
        Optional.empty());
  }

  private static void takesPart(List<String> participants, String what, String name) {
    if (!participants.contains(name)) {
      throw new RecordException(what + " '" + name + "' is not among the participants");
    }
  }

  /** Reads a proposal. */
  public static Proposal fromJson(JsonObject json) {
    json.expect(
        TYPE,
        "space",
        "proposer",
        "recipient",
        "purpose",
        "participants",
        "needs",
        "planDigest",
        "contentDigest",
        "created",
        "expires",
        "security");
    return new Proposal(
        json.string("space"),
        json.string("proposer"),
        json.string("recipient"),
        json.string("purpose"),
        json.strings("participants"),
        json.objects("needs", GrantNeed::fromJson),
        json.digest("planDigest"),
        json.digest("contentDigest"),
        json.time("created"),
        json.time("expires"),
        json.optionalString("security"));
  }

  /** Reads a signed proposal. */
  public static Signed<Proposal> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, Proposal::fromJson);
  }

  /** The job id of a signed proposal: the digest of its canonical bytes. */
  public static Digest jobId(Signed<Proposal> signed) {
    return signed.digest();
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("space", space)
        .put("proposer", proposer)
        .put("recipient", recipient)
        .put("purpose", purpose)
        .put("participants", participants)
        .put("needs", needs)
        .put("planDigest", planDigest)
        .put("contentDigest", contentDigest)
        .put("created", created)
        .put("expires", expires)
        .put("security", security)
        .build();
  }
}
