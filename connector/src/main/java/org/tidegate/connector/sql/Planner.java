package org.tidegate.connector.sql;

import java.util.ArrayList;
import java.util.List;
import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.ir.Query;
import org.tidegate.connector.sql.plan.Plan;
import org.tidegate.connector.sql.plan.PlanBuilder;
import org.tidegate.connector.sql.plan.PlanRequest;
import org.tidegate.connector.sql.rule.ParseRule;
import org.tidegate.connector.sql.rule.StatementRule;
import org.tidegate.connector.sql.rule.TextRule;
import org.tidegate.connector.sql.sanity.PlanChecks;
import org.tidegate.connector.sql.text.SqlRefusal;

/** From text to plan. Never looks at data; the same arguments give the same bytes. */
public final class Planner {
  private Planner() {}

  /**
   * Plans one statement.
   *
   * @throws SqlRefusal with code, line and column
   */
  public static Plan plan(String sql, Catalog catalog, PlanRequest request) {
    String text = TextRule.apply(sql);
    Query query = StatementRule.apply(ParseRule.apply(text), catalog);
    Plan plan = PlanBuilder.build(text, query, request);
    PlanChecks.check(plan, query);
    return plan;
  }

  /** The products a statement joins, in the order of FROM. */
  public static List<Product> products(String sql, Catalog catalog) {
    Query query = StatementRule.apply(ParseRule.apply(TextRule.apply(sql)), catalog);
    return new ArrayList<>(query.tables().stream().map(Query.Table::product).toList());
  }

  /** Loads parser and engine, which takes seconds the first time. */
  public static void warmUp() {
    ParseRule.apply("SELECT COUNT(*), SUM(x.a) FROM p.x JOIN q.y ON x.k = y.k WHERE y.b > 1");
    PlanBuilder.engineVersion();
  }
}
