package org.tidegate.ledger.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Rating;
import org.tidegate.ledger.records.RecordException;

/**
 * A transaction of the contract as a reader sees it.
 *
 * @param block number of its block
 * @param index its place in the block
 * @param time its time
 * @param caller the organisation that submitted it
 * @param function the contract's function
 * @param request its arguments
 * @param jobId the job it is about, or empty
 */
record LedgerEvent(
    long block,
    int index,
    Instant time,
    String caller,
    String function,
    JsonObject request,
    Optional<Digest> jobId) {

  /** The function's name, or a placeholder for bytes that are none. */
  static String function(List<byte[]> arguments) {
    return arguments.isEmpty() ? "" : new String(arguments.getFirst(), StandardCharsets.UTF_8);
  }

  /** The arguments, or empty where the contract could not read them either. */
  static Optional<JsonObject> request(List<byte[]> arguments) {
    try {
      return arguments.size() == 2
          ? Optional.of(CanonicalJson.decode(arguments.get(1)))
          : Optional.empty();
    } catch (RecordException e) {
      return Optional.empty();
    }
  }

  /** The job that arguments are about, or empty. */
  static Optional<Digest> jobId(List<byte[]> arguments) {
    return request(arguments).flatMap(request -> jobId(function(arguments), request));
  }

  /** The job that a request is about, or empty. */
  static Optional<Digest> jobId(String function, JsonObject request) {
    try {
      return switch (function) {
        case "reserve" -> Optional.of(Digest.of(CanonicalJson.encode(request.object("proposal"))));
        case "receipt" -> request.object("body").optionalDigest("jobId");
        case "settle", "release" -> request.optionalDigest("jobId");
        case "dispute" -> Optional.of(DisputeStep.signedFromJson(request).body().jobId());
        case "rateProduct" -> Optional.of(Rating.signedFromJson(request).body().jobId());
        default -> Optional.empty();
      };
    } catch (RecordException e) {
      return Optional.empty();
    }
  }
}
