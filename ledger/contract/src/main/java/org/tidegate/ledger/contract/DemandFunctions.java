package org.tidegate.ledger.contract;

import java.util.Optional;
import org.tidegate.ledger.records.DataRequest;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.GrantState;
import org.tidegate.ledger.records.JobEnd;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.LedgerCodes;
import org.tidegate.ledger.records.Rating;
import org.tidegate.ledger.records.Reservation;
import org.tidegate.ledger.records.Settlement;
import org.tidegate.ledger.records.Signed;

/** What participants look for, and how they found what they used. */
final class DemandFunctions {
  void addTo(TidegateContract contract) {
    contract.add("putRequest", DemandFunctions::putRequest);
    contract.add("rateProduct", DemandFunctions::rateProduct);
    contract.addQuery("listRequests", (call, request) -> Answers.page(call, Keys.REQUEST, request));
    contract.addQuery("listRatings", (call, request) -> Answers.page(call, Keys.RATING, request));
  }

  private static JsonObject putRequest(Call call, JsonObject json) {
    Signed<DataRequest> signed = DataRequest.signedFromJson(json);
    DataRequest request = signed.body();
    String what = "request '" + request.id() + "' of '" + request.owner() + "'";
    call.requireOwner(what, request.owner());
    call.requireSigned(what, request.owner(), signed);
    String key = Keys.request(request.owner(), request.id());
    Optional<DataRequest> present =
        call.get(key).map(DataRequest::signedFromJson).map(Signed::body);
    if (present.isPresent()) {
      if (present.get().equals(request) || (present.get().closed() && request.closed())) {
        return JsonObject.empty();
      }
      if (!request.ends(present.get())) {
        throw new Refusal(
            LedgerCodes.EXISTS,
            what
                + " stands with other content; a request never changes: close it, and put another");
      }
    } else {
      call.requireActive(what, request.owner());
      if (request.closed() || !call.time().isBefore(request.until())) {
        throw new Refusal(
            LedgerCodes.BAD_REQUEST,
            what + (request.closed() ? " is not there to be closed" : " ends before it begins"));
      }
    }
    call.put(key, signed);
    return JsonObject.empty();
  }

  private static JsonObject rateProduct(Call call, JsonObject json) {
    Signed<Rating> signed = Rating.signedFromJson(json);
    Rating rating = signed.body();
    call.requireOwner("the rating", rating.by());
    call.requireSigned("the rating", rating.by(), signed);
    Reservation reservation = JobFunctions.requireJob(call, rating.jobId());
    requireSettled(call, rating.jobId());
    if (!reservation.proposal().body().recipient().equals(rating.by())) {
      throw new Refusal(
          LedgerCodes.NOT_PARTY,
          "who received a job's result rates what it used: '"
              + reservation.proposal().body().recipient()
              + "', not '"
              + rating.by()
              + "'");
    }
    requireUsed(call, reservation, rating);
    String key = Keys.rating(rating);
    Optional<JsonObject> present = call.get(key);
    if (present.isPresent()) {
      if (!present.get().equals(signed.toJson())) {
        throw new Refusal(
            LedgerCodes.EXISTS,
            "'" + rating.by() + "' has rated this product for this job; one rating a job");
      }
      return JsonObject.empty();
    }
    call.put(key, signed);
    return JsonObject.empty();
  }

  private static void requireSettled(Call call, Digest jobId) {
    Optional<JobEnd> end = call.get(Keys.end(jobId)).map(JobEnd::fromJson);
    if (!(end.orElse(null) instanceof Settlement)) {
      throw new Refusal(
          LedgerCodes.NOT_SETTLED, "the job is not settled; only what was used can be rated");
    }
  }

  private static void requireUsed(Call call, Reservation reservation, Rating rating) {
    boolean used =
        reservation.uses().stream()
            .filter(use -> use.owner().equals(rating.owner()))
            .map(use -> GrantFunctions.requireGrant(call, use.owner(), use.grant()))
            .map(GrantState::grant)
            .anyMatch(grant -> isOf(grant, rating));
    if (!used) {
      throw new Refusal(
          LedgerCodes.BAD_REQUEST,
          "the job used no grant on this version of '"
              + rating.owner()
              + "."
              + rating.product()
              + "'");
    }
  }

  private static boolean isOf(Grant grant, Rating rating) {
    return grant.product().equals(rating.product())
        && grant.productDigest().equals(rating.productDigest());
  }
}
