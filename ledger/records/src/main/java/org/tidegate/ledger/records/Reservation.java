package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A job's claim on all its grants at once, with the signed proposal and every participant's signed
 * acceptance.
 *
 * @param proposal the signed proposal; its digest is the job id
 * @param uses one ticket of each grant the proposal needs, sorted by owner and grant
 * @param acceptances one of each participant, sorted by participant
 */
public record Reservation(
    Signed<Proposal> proposal, List<Use> uses, List<Signed<Acceptance>> acceptances)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.reservation/1";

  /** Checks that uses and acceptances name nothing twice; sorts them. */
  public Reservation {
    uses = Ids.size("uses", uses, 1, 200).stream().sorted(Comparator.comparing(Use::key)).toList();
    Ids.sortedDistinct("uses", uses.stream().map(Use::key).toList());
    acceptances =
        Ids.size("acceptances", acceptances, 0, 50).stream()
            .sorted(Comparator.comparing(signed -> signed.body().participant()))
            .toList();
    Ids.sortedDistinct(
        "acceptances", acceptances.stream().map(signed -> signed.body().participant()).toList());
  }

  /** Reads a reservation. */
  public static Reservation fromJson(JsonObject json) {
    json.expect(TYPE, "proposal", "uses", "acceptances");
    return new Reservation(
        Proposal.signedFromJson(json.object("proposal")),
        json.objects("uses", Use::fromJson),
        json.objects("acceptances", Acceptance::signedFromJson));
  }

  /** The job's id: the digest of the signed proposal. */
  public Digest jobId() {
    return Proposal.jobId(proposal);
  }

  /** Digest of the plan. */
  public Digest planDigest() {
    return proposal.body().planDigest();
  }

  /** When the job can be settled with the receipts that are there. */
  public Instant expires() {
    return proposal.body().expires();
  }

  /** The acceptance of {@code participant}, or empty. */
  public Optional<Acceptance> acceptance(String participant) {
    return acceptances.stream()
        .map(Signed::body)
        .filter(acceptance -> acceptance.participant().equals(participant))
        .findFirst();
  }

  /**
   * Whether both claim the same with the same consent, whatever tickets they hold: repeating a
   * reservation with other tickets is the same request.
   */
  public boolean sameRequest(Reservation other) {
    return proposal.equals(other.proposal)
        && acceptances.equals(other.acceptances)
        && uses.stream().map(Use::key).toList().equals(other.uses.stream().map(Use::key).toList());
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("proposal", proposal)
        .put("uses", uses)
        .put("acceptances", acceptances)
        .build();
  }
}
