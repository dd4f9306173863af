package org.tidegate.connector.app;

import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.job.JobContent;
import org.tidegate.connector.job.JobException;
import org.tidegate.connector.job.JobOutcome;
import org.tidegate.connector.job.JobPlan;
import org.tidegate.connector.job.Planning;
import org.tidegate.connector.job.QueryRequest;
import org.tidegate.connector.sql.Planner;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.connector.sql.plan.PlanNumbers;
import org.tidegate.connector.sql.plan.PlanRequest;
import org.tidegate.connector.sql.text.SqlRefusal;
import org.tidegate.ledger.records.Outcome;
import org.tidegate.ledger.records.RecordException;

/** The SQL planner over this node's own catalogue. */
final class SqlPlanning implements Planning {
  private final Products products;
  private final PlanNumbers numbers;

  /**
   * @param numbers for this node's own proposals, and floors for those of others
   */
  SqlPlanning(Products products, PlanNumbers numbers) {
    this.products = products;
    this.numbers = numbers;
  }

  @Override
  public JobPlan draft(QueryRequest request, String recipient, String salt) {
    return plan(
        request.sql(),
        new PlanRequest(recipient, request.security().orElse(Plan.SEMI_HONEST), salt, numbers),
        products.catalog());
  }

  @Override
  public JobPlan derive(JobContent content) {
    PlanNumbers proposed;
    try {
      proposed = PlanNumbers.fromJson(content.numbers());
    } catch (RecordException e) {
      throw JobException.refused("plan.parameters", String.valueOf(e.getMessage()));
    }
    requireFloor("paillierBits", proposed.paillierBits(), numbers.paillierBits());
    requireFloor("statisticalBits", proposed.statisticalBits(), numbers.statisticalBits());
    requireFloor("computationalBits", proposed.computationalBits(), numbers.computationalBits());
    return plan(
        content.sql(),
        new PlanRequest(content.recipient(), content.security(), content.salt(), proposed),
        products.catalog(content.products()));
  }

  private static void requireFloor(String name, int proposed, int floor) {
    if (proposed < floor) {
      throw JobException.refused(
          "plan.parameters",
          "the proposal's " + name + " of " + proposed + " is below this node's " + floor);
    }
  }

  private static JobPlan plan(String sql, PlanRequest request, Catalog catalog) {
    try {
      return SqlJobPlan.of(Planner.plan(sql, catalog, request), catalog);
    } catch (SqlRefusal e) {
      throw new JobException(
          new JobOutcome(
              Outcome.REFUSED, e.code(), e.line(), e.column(), String.valueOf(e.getMessage())),
          e);
    }
  }
}
