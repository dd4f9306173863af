package org.tidegate.ledger.records;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Times as written in records: {@code 2026-11-23T00:40:00.000Z}, always UTC, always milliseconds.
 */
public final class Times {
  private static final Pattern FORM =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  /** The written form; what is finer than a millisecond is cut off. */
  public static String format(Instant time) {
    return FORMAT.format(time);
  }

  /** Reads the written form. */
  public static Instant parse(String text) {
    if (FORM.matcher(text).matches()) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw new RecordException("'" + text + "' is no time that exists", e);
      }
    }
    throw new RecordException(
        "'"
            + RecordException.excerpt(text)
            + "' is not a time; expected a form like 2026-11-23T00:40:00.000Z");
  }

  /** The millisecond that {@code time} lies in. */
  public static Instant millis(Instant time) {
    Instant cut = time.truncatedTo(ChronoUnit.MILLIS);
    int year = cut.atOffset(ZoneOffset.UTC).getYear();
    if (year < 1970 || year > 9999) {
      throw new RecordException("time in the year " + year + "; expected 1970 to 9999");
    }
    return cut;
  }
}
