package org.tidegate.connector.app;

import java.util.Optional;
import org.tidegate.connector.rpc.AdminException;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Dispute;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.SaltedText;
import org.tidegate.ledger.records.Signed;

/**
 * {@code dispute.step}, {@code dispute.put} (a decision of the authority), {@code dispute.list}.
 */
final class DisputeRecords implements RecordDesk.Part {
  private final LedgerClient ledger;
  private final RecordSigner signer;
  private final Notes notes;

  DisputeRecords(LedgerClient ledger, RecordSigner signer, Notes notes) {
    this.ledger = ledger;
    this.signer = signer;
    this.notes = notes;
  }

  @Override
  public void addTo(RecordDesk desk) {
    desk.add("dispute.step", this::step);
    desk.add("dispute.put", this::put);
    desk.add("dispute.list", this::list);
  }

  /** This participant's next step: numbered after what stands on the ledger. */
  private JsonObject step(JsonObject json) {
    json.allowOnly("jobId", "dispute", "action", "against", "subject", "text");
    Digest jobId = json.digest("jobId");
    String id = json.string("dispute");
    int next = ledger.dispute(jobId, id).map(dispute -> dispute.steps().size()).orElse(0) + 1;
    DisputeStep.Action action = DisputeStep.Action.parse(json.string("action"));
    DisputeStep step =
        new DisputeStep(
            jobId,
            id,
            // One that is open already must be refused as such, not as a step out of order.
            action == DisputeStep.Action.OPEN ? 1 : next,
            action,
            Optional.of(signer.participant()),
            json.optionalString("against"),
            json.optionalString("subject"),
            notes.keep(json.string("text")),
            signer.now());
    ledger.dispute(signer.sign(step));
    return show(jobId, id);
  }

  /** The authority's decision, with its text. */
  private JsonObject put(JsonObject json) {
    json.allowOnly("step", "text");
    Signed<DisputeStep> signed = DisputeStep.signedFromJson(json.object("step"));
    SaltedText text = SaltedText.fromJson(json.object("text"));
    if (!text.digest().equals(signed.body().text())) {
      throw new AdminException(
          AdminException.Kind.BAD_INPUT,
          "dispute.text",
          "the text is not the one that the step was signed with",
          null);
    }
    ledger.dispute(signed);
    notes.keep(text);
    return show(signed.body().jobId(), signed.body().dispute());
  }

  private JsonObject show(Digest jobId, String id) {
    return ledger.dispute(jobId, id).map(this::describe).orElseThrow();
  }

  private JsonObject list(JsonObject json) {
    json.allowOnly("jobId");
    Optional<Digest> jobId = json.optionalDigest("jobId");
    return JsonObject.builder()
        .put(
            "disputes",
            Listing.all(after -> ledger.disputes(after, Page.MAX_LIMIT)).stream()
                .filter(dispute -> jobId.map(dispute.opening().jobId()::equals).orElse(true))
                .map(this::describe)
                .toList())
        .build();
  }

  private JsonObject describe(Dispute dispute) {
    DisputeStep opening = dispute.opening();
    return JsonObject.builder()
        .put("jobId", opening.jobId())
        .put("dispute", opening.dispute())
        .put("subject", opening.subject())
        .put("opener", dispute.opener())
        .put("respondent", dispute.respondent())
        .put("state", dispute.state().text())
        .put(
            "possible",
            Dispute.actions(dispute.state()).stream().map(DisputeStep.Action::text).toList())
        .put("steps", dispute.steps().stream().map(Signed::body).map(this::describe).toList())
        .build();
  }

  private JsonObject describe(DisputeStep step) {
    return JsonObject.builder()
        .put("number", step.number())
        .put("action", step.action().text())
        .put("by", step.by())
        .put("at", step.at())
        .put("textDigest", step.text())
        .put("text", notes.text(step.text()))
        .build();
  }
}
