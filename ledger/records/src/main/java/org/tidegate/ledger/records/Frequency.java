package org.tidegate.ledger.records;

import java.time.Duration;

/**
 * How often a grant may be used: at most {@code count} times within any {@code per}, wherever that
 * span is laid. The window slides; no calendar is asked, so no time zone and no midnight rush.
 *
 * @param count 1 to 1,000
 * @param per whole seconds, 1 second to 366 days
 */
public record Frequency(int count, Duration per) implements CanonicalRecord {
  /** The greatest number of uses in a window. */
  public static final int MAX_COUNT = 1_000;

  private static final long MAX_SECONDS = Duration.ofDays(366).toSeconds();

  /** Checks the ranges. */
  public Frequency {
    if (count < 1 || count > MAX_COUNT) {
      throw new RecordException("frequency: count " + count + "; expected 1 to " + MAX_COUNT);
    }
    if (!per.equals(Duration.ofSeconds(per.toSeconds()))
        || per.compareTo(Duration.ofSeconds(1)) < 0
        || per.toSeconds() > MAX_SECONDS) {
      throw new RecordException(
          "frequency: a window of " + per + "; expected whole seconds, 1 second to 366 days");
    }
  }

  /** Reads a frequency. */
  public static Frequency fromJson(JsonObject json) {
    json.allowOnly("count", "seconds");
    return new Frequency(
        (int) json.number("count", 1, MAX_COUNT),
        Duration.ofSeconds(json.number("seconds", 1, MAX_SECONDS)));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("count", count).put("seconds", per.toSeconds()).build();
  }
}
