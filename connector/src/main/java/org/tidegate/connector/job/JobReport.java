package org.tidegate.connector.job;

import java.util.List;
import java.util.Optional;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;

/**
 * How a query went, at the recipient.
 *
 * @param jobId the job, or empty when it was refused before there was one
 * @param state where the job stands
 * @param outcome how it ended
 * @param plan the plan's summary, or empty when there was none
 * @param result the answer, of a completed job
 * @param traffic payload bytes in each direction
 * @param rounds changes of direction on the busiest lane
 * @param millis from the question to the answer
 */
public record JobReport(
    Optional<Digest> jobId,
    Optional<JobState> state,
    JobOutcome outcome,
    Optional<JsonObject> plan,
    Optional<ResultTable> result,
    List<Traffic> traffic,
    long rounds,
    long millis) {
  /**
   * Payload bytes in one direction.
   *
   * @param from the sender
   * @param to the receiver
   * @param bytes how many
   */
  public record Traffic(String from, String to, long bytes) {}
}
