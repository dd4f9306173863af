package org.tidegate.ledger.records;

/**
 * What one end of one channel lane saw. The peer's receipt holds the mirror image.
 *
 * @param peer the participant at the other end
 * @param lane the lane's label, the same at both ends
 * @param sentDigest digest of everything sent
 * @param receivedDigest digest of everything received
 * @param sentBytes payload bytes sent
 * @param receivedBytes payload bytes received
 */
public record Transcript(
    String peer,
    String lane,
    Digest sentDigest,
    Digest receivedDigest,
    long sentBytes,
    long receivedBytes)
    implements CanonicalRecord {
  /** Checks names and counts. */
  public Transcript {
    Ids.participant("peer", peer);
    Ids.text("lane", lane, 128);
    if (sentBytes < 0 || receivedBytes < 0) {
      throw new RecordException("lane " + lane + ": a byte count below zero");
    }
  }

  /** Reads a transcript. */
  public static Transcript fromJson(JsonObject json) {
    json.allowOnly("peer", "lane", "sentDigest", "receivedDigest", "sentBytes", "receivedBytes");
    return new Transcript(
        json.string("peer"),
        json.string("lane"),
        json.digest("sentDigest"),
        json.digest("receivedDigest"),
        json.number("sentBytes"),
        json.number("receivedBytes"));
  }

  /**
   * Whether {@code other}, seen by {@link #peer}, is what this end must see from the other side.
   */
  public boolean mirrors(Transcript other) {
    return lane.equals(other.lane)
        && sentDigest.equals(other.receivedDigest)
        && receivedDigest.equals(other.sentDigest)
        && sentBytes == other.receivedBytes
        && receivedBytes == other.sentBytes;
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("peer", peer)
        .put("lane", lane)
        .put("sentDigest", sentDigest)
        .put("receivedDigest", receivedDigest)
        .put("sentBytes", sentBytes)
        .put("receivedBytes", receivedBytes)
        .build();
  }
}
