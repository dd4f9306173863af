package org.tidegate.connector.sql.plan;

import java.util.List;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.ir.JoinQuery;
import org.tidegate.connector.sql.ir.MatchQuery;
import org.tidegate.connector.sql.ir.Query;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/** The IR to a plan. */
public final class PlanBuilder {
  /** Where a statement begins. */
  static final Position START = new Position(1, 1);

  private PlanBuilder() {}

  /** DuckDB's version. */
  public static String engineVersion() {
    try (TypeOracle oracle = new TypeOracle(List.of())) {
      return oracle.version();
    }
  }

  /**
   * Builds the plan.
   *
   * @param sql the statement's text, without a semicolon
   * @param query the same, resolved
   * @throws SqlRefusal where types or multiplicities do not allow it
   */
  public static Plan build(String sql, Query query, PlanRequest request) {
    List<Product> products = query.tables().stream().map(Query.Table::product).toList();
    try (TypeOracle oracle = new TypeOracle(products)) {
      Keys.checkFilters(query, oracle);
      return switch (query) {
        case JoinQuery aggregates -> new AggregateBuilder(aggregates, request, oracle).build(sql);
        case MatchQuery rows -> new MatchBuilder(rows, request, oracle).build(sql);
      };
    } catch (IllegalArgumentException e) {
      // A limit of the protocol, such as a column too wide for a plaintext.
      throw new SqlRefusal("sql.unsupported", START, String.valueOf(e.getMessage()));
    }
  }
}
