package org.tidegate.ledger.audit;

import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.GrantNeed;
import org.tidegate.ledger.records.JobEnd;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.Rating;
import org.tidegate.ledger.records.Receipt;
import org.tidegate.ledger.records.Release;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signed;
import org.tidegate.ledger.records.Transcript;
import org.tidegate.ledger.records.Use;

/** What the ledger tells about one job, as text, one event after the other with its place. */
final class AuditStory {
  private final StringBuilder out = new StringBuilder();

  private AuditStory() {}

  /** The story, or empty where the ledger knows no such job. */
  static Optional<String> tell(Digest jobId, RecordState state, List<LedgerEvent> events) {
    return JobChecks.job(state, jobId)
        .map(job -> {
          AuditStory story = new AuditStory();
          story.heading(job);
          events.stream()
              .filter(event -> event.jobId().equals(Optional.of(jobId)))
              .forEach(story::event);
          story.ending(job);
          return story.out.toString();
        });
  }

  private void heading(JobRecord job) {
    Proposal proposal = job.reservation().proposal().body();
    line("Job %s", job.reservation().jobId());
    line(
        "  proposed by %s at %s, for the purpose '%s'; result to %s; valid until %s",
        proposal.proposer(),
        proposal.created(),
        proposal.purpose(),
        proposal.recipient(),
        proposal.expires());
    line("  parties: %s", String.join(", ", proposal.participants()));
    line("  plan %s", proposal.planDigest());
    for (GrantNeed need : proposal.needs()) {
      line("  needs grant '%s' of %s: %s", need.grant(), need.owner(), need.columns().toJson());
    }
  }

  private void event(LedgerEvent event) {
    String place =
        "%s  block %d, transaction %d  ".formatted(event.time(), event.block(), event.index());
    switch (event.function()) {
      case "reserve" -> reserved(place, event);
      case "receipt" -> receipt(place, Receipt.signedFromJson(event.request()).body());
      case "dispute" -> dispute(place, DisputeStep.signedFromJson(event.request()).body());
      case "rateProduct" -> {
        Rating rating = Rating.signedFromJson(event.request()).body();
        line(
            "%s%s rates %s.%s %s",
            place, rating.by(), rating.owner(), rating.product(), rating.scores());
      }
      case "settle" -> line("%s%s asks to settle", place, event.caller());
      case "release" -> line("%s%s asks to release", place, event.caller());
      default -> line("%s%s calls %s", place, event.caller(), event.function());
    }
  }

  private void dispute(String place, DisputeStep step) {
    line(
        "%s%s takes step %d of dispute '%s': %s%s",
        place,
        step.by().orElse("the authority"),
        step.number(),
        step.dispute(),
        step.action().text(),
        step.against()
            .map(name -> " against " + name + " about " + step.subject().orElse(""))
            .orElse(""));
    line("    what is said %s", step.text());
  }

  private void reserved(String place, LedgerEvent event) {
    Reservation reservation = Reservation.fromJson(event.request());
    line("%s%s reserves", place, event.caller());
    for (Signed<Acceptance> signed : reservation.acceptances()) {
      Acceptance acceptance = signed.body();
      line(
          "    accepted by %s, with inputs %s",
          acceptance.participant(), acceptance.inputCommitments());
    }
    for (Use use : reservation.uses()) {
      line("    takes use %d of grant '%s' of %s", use.ticket(), use.grant(), use.owner());
    }
  }

  private void receipt(String place, Receipt receipt) {
    line(
        "%s%s (%s) writes its receipt: %s%s",
        place,
        receipt.participant(),
        receipt.role(),
        receipt.outcome(),
        receipt.revealSent() ? ", revealing frame sent" : ", no revealing frame sent");
    receipt
        .method()
        .ifPresent(method ->
            line(
                "    computed by %s, %s, %s",
                method.protocol(),
                method.security(),
                CanonicalJson.encodeText(method.parameters())));
    for (Transcript lane : receipt.transcripts()) {
      line(
          "    with %s, lane %s: sent %d bytes %s, received %d bytes %s",
          lane.peer(),
          lane.lane(),
          lane.sentBytes(),
          lane.sentDigest(),
          lane.receivedBytes(),
          lane.receivedDigest());
    }
    receipt.outputDigest().ifPresent(digest -> line("    result %s", digest));
  }

  private void ending(JobRecord job) {
    if (job.end().isEmpty()) {
      line("Open: its uses are taken, no settlement or release yet");
      return;
    }
    JobEnd end = job.end().get();
    switch (end) {
      case Settlement settlement ->
          line(
              "Settled by %s at %s, %s; %s",
              settlement.by(),
              settlement.at(),
              settlement.basis() == Settlement.Basis.AGREED
                  ? "all receipts agree"
                  : "after its expiry, with the receipts of " + settlement.receipts(),
              uses(job, "used"));
      case Release release ->
          line(
              "Released by %s at %s on everybody's signed word that nothing was revealed; %s",
              release.by(), release.at(), uses(job, "given back"));
    }
  }

  private static String uses(JobRecord job, String what) {
    return what
        + ": "
        + String.join(
            ", ",
            job.reservation().uses().stream()
                .map(use -> "use %d of '%s'".formatted(use.ticket(), use.grant()))
                .toList());
  }

  private void line(String format, Object... values) {
    out.append(format.formatted(values)).append('\n');
  }
}
