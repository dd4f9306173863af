package org.tidegate.ledger.records;

import java.time.Instant;

/**
 * A participant's signed word on how long the chain is. Two of them in an export make a dropped
 * tail visible.
 *
 * @param space the space's name
 * @param height number of blocks, block 0 included
 * @param hash SHA-256 of the last block's header as Fabric computes it
 * @param participant whose node saw it
 * @param at when it was signed
 */
public record Head(String space, long height, Digest hash, String participant, Instant at)
    implements CanonicalRecord {
  /** The record's type. */
  public static final String TYPE = "tidegate.head/1";

  /** Checks names and height. */
  public Head {
    SpaceStatement.spaceName(space);
    Ids.participant("participant", participant);
    if (height < 1) {
      throw new RecordException("height " + height + "; expected 1 or more");
    }
    at = Times.millis(at);
  }

  /** Reads a head. */
  public static Head fromJson(JsonObject json) {
    json.expect(TYPE, "space", "height", "hash", "participant", "at");
    return new Head(
        json.string("space"),
        json.number("height"),
        json.digest("hash"),
        json.string("participant"),
        json.time("at"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("type", TYPE)
        .put("space", space)
        .put("height", height)
        .put("hash", hash)
        .put("participant", participant)
        .put("at", at)
        .build();
  }
}
