package org.tidegate.connector.job;

/** The planner, as jobs see it. Never looks at data: the same content gives the same plan. */
public interface Planning {
  /**
   * Plans a new query with the space's current products.
   *
   * @param salt hex of 32 random bytes
   * @throws JobException refused: {@code sql.*} with line and column
   */
  JobPlan draft(QueryRequest request, String recipient, String salt);

  /**
   * Derives the plan of a proposal again, from its text alone.
   *
   * @throws JobException refused: {@code sql.*}, {@code catalog.mismatch}, or {@code plan.*} when a
   *     parameter is below this node's floor
   */
  JobPlan derive(JobContent content);
}
