package org.tidegate.ledger.records;

import java.util.Arrays;

/** What may be done with a column. */
public enum Operation {
  /** Equality-join on it. */
  JOIN("join"),
  /** Use it in the owner's WHERE condition. */
  FILTER("filter"),
  /** Sum it. */
  SUM("sum"),
  /** Count it. */
  COUNT("count"),
  /** Average it. */
  AVG("avg"),
  /**
   * Let the recipient learn which of its own rows have the same key: an answer about every key it
   * brings, one by one.
   */
  MATCH("match");

  private final String text;

  Operation(String text) {
    this.text = text;
  }

  /** The word in records and grant files. */
  public String text() {
    return text;
  }

  /** Reads the word. */
  public static Operation parse(String text) {
    return Arrays.stream(values())
        .filter(operation -> operation.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new RecordException(
                "'"
                    + RecordException.excerpt(text)
                    + "' is no operation; expected join, filter, sum, count, avg or match"));
  }

  @Override
  public String toString() {
    return text;
  }
}
