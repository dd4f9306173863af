package org.tidegate.connector.app;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.tidegate.connector.rpc.AdminException;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.records.DataRequest;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JobRecord;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Page;
import org.tidegate.ledger.records.Rating;
import org.tidegate.ledger.records.Signed;

/** {@code request.put|close|list} and {@code rating.put|list}. */
final class DemandRecords implements RecordDesk.Part {
  private final LedgerClient ledger;
  private final RecordSigner signer;
  private final Notes notes;

  DemandRecords(LedgerClient ledger, RecordSigner signer, Notes notes) {
    this.ledger = ledger;
    this.signer = signer;
    this.notes = notes;
  }

  @Override
  public void addTo(RecordDesk desk) {
    desk.add("request.put", this::putRequest);
    desk.add("request.close", this::closeRequest);
    desk.add("request.list", this::listRequests);
    desk.add("rating.put", this::rate);
    desk.add("rating.list", this::listRatings);
  }

  private JsonObject putRequest(JsonObject json) {
    json.allowOnly("id", "purpose", "text", "until");
    DataRequest request =
        new DataRequest(
            signer.participant(),
            json.string("id"),
            json.string("purpose"),
            notes.keep(json.string("text")),
            json.time("until"),
            false,
            signer.now());
    ledger.putRequest(signer.sign(request));
    return describe(request);
  }

  private JsonObject closeRequest(JsonObject json) {
    json.allowOnly("id");
    String id = json.string("id");
    DataRequest open =
        requests().stream()
            .filter(
                request -> request.owner().equals(signer.participant()) && request.id().equals(id))
            .findFirst()
            .orElseThrow(() ->
                bad("request.unknown", signer.participant() + " has put no request '" + id + "'"));
    DataRequest closed = open.closed() ? open : open.end(signer.now());
    ledger.putRequest(signer.sign(closed));
    return describe(closed);
  }

  private List<DataRequest> requests() {
    return Listing.all(after -> ledger.requests(after, Page.MAX_LIMIT)).stream()
        .map(Signed::body)
        .toList();
  }

  private JsonObject listRequests(JsonObject json) {
    json.allowOnly();
    return JsonObject.builder()
        .put("requests", requests().stream().map(this::describe).toList())
        .build();
  }

  private JsonObject describe(DataRequest request) {
    return JsonObject.builder()
        .put("owner", request.owner())
        .put("id", request.id())
        .put("purpose", request.purpose())
        .put("until", request.until())
        .put("closed", request.closed())
        .put("textDigest", request.text())
        .put("text", notes.text(request.text()))
        .build();
  }

  private JsonObject rate(JsonObject json) {
    json.allowOnly("jobId", "product", "scores", "text");
    Digest jobId = json.digest("jobId");
    Grant grant = grant(jobId, json.string("product"));
    TreeMap<String, Integer> scores = new TreeMap<>();
    JsonObject given = json.object("scores");
    given.keys().forEach(aspect -> scores.put(aspect, (int) given.number(aspect, 1, 5)));
    Rating rating =
        new Rating(
            jobId,
            signer.participant(),
            grant.owner(),
            grant.product(),
            grant.productDigest(),
            scores,
            json.optionalString("text").map(notes::keep),
            signer.now());
    ledger.rateProduct(signer.sign(rating));
    return describe(rating);
  }

  /** The grant of the job that is on the product, which says the version used. */
  private Grant grant(Digest jobId, String product) {
    JobRecord job =
        ledger.job(jobId).orElseThrow(() -> bad("job.unknown", "the ledger knows no job " + jobId));
    return job.reservation().uses().stream()
        .map(use -> ledger.grant(use.owner(), use.grant()).map(GrantState::grant))
        .flatMap(Optional::stream)
        .filter(grant -> (grant.owner() + "." + grant.product()).equals(product))
        .findFirst()
        .orElseThrow(() ->
            bad("rating.product", "the job used no grant on '" + product + "'; name owner.table"));
  }

  private JsonObject listRatings(JsonObject json) {
    json.allowOnly();
    return JsonObject.builder()
        .put(
            "ratings",
            Listing.all(after -> ledger.ratings(after, Page.MAX_LIMIT)).stream()
                .map(Signed::body)
                .map(this::describe)
                .toList())
        .build();
  }

  private JsonObject describe(Rating rating) {
    return JsonObject.builder()
        .put("product", rating.owner() + "." + rating.product())
        .put("productDigest", rating.productDigest())
        .put("by", rating.by())
        .put("jobId", rating.jobId())
        .put("scores", rating.scores())
        .put("at", rating.at())
        .put("textDigest", rating.text())
        .put("text", rating.text().flatMap(notes::text))
        .build();
  }

  private static AdminException bad(String code, String message) {
    return new AdminException(AdminException.Kind.BAD_INPUT, code, message, null);
  }
}
