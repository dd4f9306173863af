package org.tidegate.ledger.records;

import java.util.Arrays;

/** How a job ended for one participant. */
public enum Outcome {
  /** The protocol ran to its end. */
  COMPLETED("completed"),
  /** It broke off: peer, network, or a check that failed. */
  ABORTED("aborted"),
  /** This participant refused, such as for a group that is too small. */
  REFUSED("refused");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** The word in records. */
  public String text() {
    return text;
  }

  /** Reads the word. */
  public static Outcome parse(String text) {
    return Arrays.stream(values())
        .filter(outcome -> outcome.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new RecordException(
                "'"
                    + RecordException.excerpt(text)
                    + "' is no outcome; expected completed, aborted or refused"));
  }

  @Override
  public String toString() {
    return text;
  }
}
