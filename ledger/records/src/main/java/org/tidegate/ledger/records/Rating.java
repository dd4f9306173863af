package org.tidegate.ledger.records;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a party of a settled job found a product that the job used: its quality as its user saw it.
 *
 * @param jobId the job
 * @param by who rates, and signs
 * @param owner whose product it is
 * @param product the product's name
 * @param productDigest digest of the version used
 * @param scores 1 (poor) to 5 (excellent) by aspect, such as {@code accuracy}; 1 to 8 aspects
 * @param text digest of what the rater says about it, a {@link SaltedText}, or empty
 * @param at when the rater signed
 */
public record Rating(
    Digest jobId,
    String by,
    String owner,
    String product,
    Digest productDigest,
    SortedMap<String, Integer> scores,
    Optional<Digest> text,
    Instant at)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.rating/1";

  private static final int BEST = 5;

  /** Checks names and scores. */
  public Rating {
    Ids.participant("by", by);
    Ids.participant("owner", owner);
    Ids.id("product", product);
    if (by.equals(owner)) {
      throw new RecordException("'" + by + "' cannot rate its own product");
    }
    if (scores.isEmpty() || scores.size() > 8) {
      throw new RecordException("a rating has 1 to 8 aspects, not " + scores.size());
    }
    scores.forEach((aspect, score) -> {
      Ids.id("aspect", aspect);
      if (score < 1 || score > BEST) {
        throw new RecordException(aspect + " " + score + "; expected 1 to " + BEST);
      }
    });
    scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
    at = Times.millis(at);
  }

  /** Reads a rating. */
  public static Rating fromJson(JsonObject json) {
    json.expect(TYPE, "jobId", "by", "owner", "product", "productDigest", "scores", "text", "at");
    TreeMap<String, Integer> scores = new TreeMap<>();
    JsonObject given = json.object("scores");
    given.keys().forEach(aspect -> scores.put(aspect, (int) given.number(aspect, 1, BEST)));
    return new Rating(
        json.digest("jobId"),
        json.string("by"),
        json.string("owner"),
        json.string("product"),
        json.digest("productDigest"),
        scores,
        json.optionalDigest("text"),
        json.time("at"));
  }

  /** Reads a signed rating. */
  public static Signed<Rating> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, Rating::fromJson);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("jobId", jobId)
        .put("by", by)
        .put("owner", owner)
        .put("product", product)
        .put("productDigest", productDigest)
        .put("scores", scores)
        .put("text", text)
        .put("at", at)
        .build();
  }
}
