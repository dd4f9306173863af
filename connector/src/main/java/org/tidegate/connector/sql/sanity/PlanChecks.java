package org.tidegate.connector.sql.sanity;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.MatchQuery;
import org.tidegate.connector.sql.ir.Query;
import org.tidegate.connector.sql.plan.AggregatePlan;
import org.tidegate.connector.sql.plan.AggregateSpec;
import org.tidegate.connector.sql.plan.Fragment;
import org.tidegate.connector.sql.plan.MatchPlan;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.ledger.records.Operation;

/**
 * What must hold of every plan. A failure here is a bug of ours: the statement was accepted and
 * became something that it must not become.
 */
public final class PlanChecks {
  /**
   * What the owners may learn, beyond the answer; anything else in a leakage statement is a bug.
   */
  private static final Set<String> STATED =
      Set.of(
          "size.peer",
          "count",
          "sum",
          "count.belowMinimum",
          "minimumGroup.peer",
          "rows",
          "rows.chosen");

  private PlanChecks() {}

  /**
   * Checks a plan against the statement it was made from.
   *
   * @throws IllegalStateException naming what does not hold
   */
  public static void check(Plan plan, Query query) {
    for (int table = 0; table < 2; table++) {
      ownColumnsOnly(query, table, plan.fragments().get(table));
    }
    leakageIsStated(plan);
    require(plan.fragmentOf(plan.recipient()) >= 0, "the recipient owns a fragment");
    switch (plan) {
      case AggregatePlan aggregates -> {
        slotsExist(aggregates);
        require(
            aggregates.columns().size() == aggregates.finalSql().size(),
            "every column has an expression");
      }
      case MatchPlan rows -> rowsAreTheRecipients(rows, (MatchQuery) query);
    }
  }

  /** No condition, key or column of one owner stands in the other's fragment or grant. */
  private static void ownColumnsOnly(Query query, int table, Fragment fragment) {
    for (Expr filter : query.filters().get(table)) {
      require(
          filter.columns().allMatch(column -> column.table() == table),
          "a filter reads its own table");
    }
    List<String> known = query.tables().get(table).product().columnNames();
    require(
        known.containsAll(fragment.uses().columns().keySet()),
        "a fragment uses columns of its own product");
    Set<String> used = new HashSet<>();
    query
        .keys()
        .forEach(pair -> pair.side(table).columns().forEach(column -> used.add(column.name())));
    require(
        fragment.uses().columns().keySet().containsAll(used), "a fragment's keys are in its uses");
  }

  /** What is answered is the recipient's own, and the other owner's keys are granted as matched. */
  private static void rowsAreTheRecipients(MatchPlan plan, MatchQuery query) {
    int own = plan.fragmentOf(plan.recipient());
    require(own == query.selected(), "the recipient owns the rows");
    require(
        Stream.concat(
                query.outputs().stream(), query.order().stream().map(MatchQuery.SortKey::value))
            .flatMap(Expr::columns)
            .allMatch(column -> column.table() == own),
        "every output and order is over the recipient's own table");
    require(
        plan.fragments().stream().allMatch(fragment -> fragment.slots().isEmpty()),
        "nobody brings values into a match");
    require(
        query.keys().stream()
            .flatMap(pair -> pair.side(query.other()).columns())
            .allMatch(column ->
                plan.sender()
                    .uses()
                    .columns()
                    .getOrDefault(column.name(), Set.of())
                    .contains(Operation.MATCH)),
        "the other owner must have granted 'match' on its keys");
  }

  private static void slotsExist(AggregatePlan plan) {
    for (AggregateSpec aggregate : plan.aggregates()) {
      AggregatePlan.Leg leg = plan.legs().get(aggregate.leg());
      int slots = plan.fragments().get(leg.valueOwner()).slots().size();
      require(
          aggregate.sumSlot() < slots && aggregate.countSlot() < slots,
          "an aggregate's slots are its run's");
    }
  }

  private static void leakageIsStated(Plan plan) {
    List<Plan.Leak> leaks = plan.leakage();
    require(!leaks.isEmpty(), "a plan has a leakage statement");
    for (Plan.Leak leak : leaks) {
      require(STATED.contains(leak.code()), "leak '" + leak.code() + "' is one that policy knows");
      boolean onlyRecipient = Set.of("sum", "rows", "rows.chosen").contains(leak.code());
      require(
          !onlyRecipient || leak.participant().equals(plan.recipient()),
          "only the recipient learns sums and rows");
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("a plan was made in which it does not hold that " + what);
    }
  }
}
