package org.tidegate.ledger.records;

import java.time.Instant;

/**
 * The space authority's word on whether a participant may begin anything new. The first suspends,
 * the second reinstates, and so on: the number says which follows which, so that an old one cannot
 * be put again.
 *
 * @param space the space's name
 * @param participant about whom
 * @param number 1, 2, …, one more with each
 * @param suspended true for every odd number
 * @param reason digest of the reason, a {@link SaltedText}
 * @param at when the authority signed it
 */
public record Standing(
    String space, String participant, int number, boolean suspended, Digest reason, Instant at)
    implements CanonicalRecord {
  /** The record's type on the ledger. */
  public static final String TYPE = "tidegate.standing/1";

  /** Checks names, and that the number fits what is said. */
  public Standing {
    SpaceStatement.spaceName(space);
    Ids.participant("participant", participant);
    if (number < 1 || suspended != (number % 2 == 1)) {
      throw new RecordException(
          "standing "
              + number
              + " of '"
              + participant
              + "' says suspended="
              + suspended
              + "; odd numbers from 1 on suspend, even ones reinstate");
    }
    at = Times.millis(at);
  }

  /** Reads a standing. */
  public static Standing fromJson(JsonObject json) {
    json.expect(TYPE, "space", "participant", "number", "suspended", "reason", "at");
    return new Standing(
        json.string("space"),
        json.string("participant"),
        (int) json.number("number", 1, Integer.MAX_VALUE),
        json.bool("suspended"),
        json.digest("reason"),
        json.time("at"));
  }

  /** Reads a signed standing. */
  public static Signed<Standing> signedFromJson(JsonObject json) {
    return Signed.fromJson(json, Standing::fromJson);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("space", space)
        .put("participant", participant)
        .put("number", number)
        .put("suspended", suspended)
        .put("reason", reason)
        .put("at", at)
        .build();
  }
}
