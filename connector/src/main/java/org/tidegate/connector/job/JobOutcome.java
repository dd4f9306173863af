package org.tidegate.connector.job;

import org.tidegate.ledger.records.Outcome;

/**
 * How a job ended at one node.
 *
 * @param kind completed, refused or aborted
 * @param code the error code, empty when completed
 * @param line line of the SQL text it is about, from 1, or 0
 * @param column column of the SQL text, from 1, or 0
 * @param message one line for people, empty when completed
 */
public record JobOutcome(Outcome kind, String code, int line, int column, String message) {
  /** It ran to its end. */
  public static final JobOutcome COMPLETED = new JobOutcome(Outcome.COMPLETED, "", 0, 0, "");

  /** Somebody said no. */
  public static JobOutcome refused(String code, String message) {
    return new JobOutcome(Outcome.REFUSED, code, 0, 0, message);
  }

  /** It broke off. */
  public static JobOutcome aborted(String code, String message) {
    return new JobOutcome(Outcome.ABORTED, code, 0, 0, message);
  }
}
