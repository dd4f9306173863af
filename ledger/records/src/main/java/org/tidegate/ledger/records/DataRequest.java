package org.tidegate.ledger.records;

import java.time.Instant;

/**
 * Demand beside supply: what a participant looks for. The ledger says who asks, for which purpose
 * and until when; what it asks for is a text of which the ledger has a digest.
 *
 * @param owner who asks, and signs
 * @param id unique among the owner's requests
 * @param purpose the purpose, an identifier as in grants
 * @param text digest of what is looked for, a {@link SaltedText}
 * @param until nobody need answer after this
 * @param closed whether the owner has ended it
 * @param at when the owner signed this
 */
public record DataRequest(
    String owner, String id, String purpose, Digest text, Instant until, boolean closed, Instant at)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.request/1";

  /** Checks names and times. */
  public DataRequest {
    Ids.participant("owner", owner);
    Ids.id("request", id);
    Ids.id("purpose", purpose);
    until = Times.millis(until);
    at = Times.millis(at);
  }

  /** Reads a request. */
  public static DataRequest fromJson(JsonObject json) {
    json.expect(TYPE, "owner", "id", "purpose", "text", "until", "closed", "at");
    return new DataRequest(
        json.string("owner"),
        json.string("id"),
        json.string("purpose"),
        json.digest("text"),
        json.time("until"),
        json.bool("closed"),
        json.time("at"));
  }

  /** Reads a signed request. */
  public static Signed<DataRequest> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, DataRequest::fromJson);
  }

  /** The same, ended. */
  public DataRequest end(Instant when) {
    return new DataRequest(owner, id, purpose, text, until, true, when);
  }

  /** Whether this ends {@code open} and changes nothing else. */
  public boolean ends(DataRequest open) {
    return closed && !open.closed && equals(open.end(at));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("owner", owner)
        .put("id", id)
        .put("purpose", purpose)
        .put("text", text)
        .put("until", until)
        .put("closed", closed)
        .put("at", at)
        .build();
  }
}
