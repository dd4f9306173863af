package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.MatchQuery;
import org.tidegate.connector.sql.ir.Query;
import org.tidegate.connector.sql.text.SqlRefusal;
import org.tidegate.ledger.records.Operation;

/**
 * The IR of rows to a plan: keys of both sides, and the recipient's own reading of what matched.
 */
final class MatchBuilder {
  private final MatchQuery query;
  private final PlanRequest request;
  private final TypeOracle oracle;

  MatchBuilder(MatchQuery query, PlanRequest request, TypeOracle oracle) {
    this.query = query;
    this.request = request;
    this.oracle = oracle;
  }

  /**
   * Builds the plan.
   *
   * @param sql the statement's text
   */
  MatchPlan build(String sql) {
    String recipient = recipient();
    List<Product> products = query.tables().stream().map(Query.Table::product).toList();
    List<List<String>> keys = Keys.texts(query, oracle);
    List<SidePlanner> sides = SidePlanner.both(query, keys, oracle);
    requireOnce(sides.get(query.other()));
    for (Query.KeyPair pair : query.keys()) {
      sides.get(query.other()).use(pair.side(query.other()), Operation.MATCH);
    }
    List<String> outputs = outputs();
    List<Plan.ResultColumn> columns =
        oracle.describe(sql, PlanBuilder.START).stream()
            .map(column -> new Plan.ResultColumn(column.name(), column.type()))
            .toList();
    if (columns.size() != outputs.size()) {
      throw new IllegalStateException(
          outputs.size() + " outputs of which DuckDB makes " + columns.size());
    }
    List<Integer> rows = PlanNumbers.rows(products);
    MatchChoice choice =
        MatchChoice.of(
            request.security(),
            rows.get(query.other()),
            rows.get(query.selected()),
            request.numbers());
    return new MatchPlan(
        oracle.version(),
        request.salt(),
        recipient,
        List.of(sides.get(0).fragment(rows.get(0)), sides.get(1).fragment(rows.get(1))),
        choice,
        rowsSql(outputs, keys.get(query.selected())),
        columns,
        request.numbers());
  }

  private String recipient() {
    Query.Table own = query.tables().get(query.selected());
    String owner = own.product().owner();
    if (!request.recipient().isEmpty() && !request.recipient().equals(owner)) {
      throw SqlRefusal.unsupported(
          query.outputs().isEmpty() ? own.at() : query.outputs().getFirst().at(),
          "rows of "
              + own.product().qualifiedName()
              + " are answered to "
              + owner
              + " alone, and the recipient is "
              + request.recipient()
              + "; select columns of "
              + request.recipient()
              + "'s own table, or ask for aggregates");
    }
    return owner;
  }

  /** A join gives an own row once for every row of the other side with its key. */
  private void requireOnce(SidePlanner other) {
    if (query.form() == Query.Form.JOIN && !other.isUnique()) {
      Query.Table table = query.tables().get(query.other());
      throw SqlRefusal.unsupported(
          query.keys().getFirst().at(),
          "this join gives a row once for each row of "
              + table.product().qualifiedName()
              + " with its key, which is not declared unique there, and how many these are is not"
              + " revealed; write WHERE EXISTS (SELECT 1 FROM "
              + table.product().qualifiedName()
              + " "
              + table.alias()
              + " WHERE …), which gives it once, or let its owner declare the key");
    }
  }

  private List<String> outputs() {
    Product own = query.tables().get(query.selected()).product();
    List<String> outputs = new ArrayList<>();
    for (Expr output : query.outputs()) {
      String text = DuckText.of(output);
      oracle.type(text, own, output.at());
      outputs.add("CAST(" + text + " AS VARCHAR)");
    }
    for (MatchQuery.SortKey key : query.order()) {
      oracle.type(DuckText.of(key.value()), own, key.at());
    }
    return outputs;
  }

  private String rowsSql(List<String> outputs, List<String> key) {
    List<String> conditions = DuckText.all(query.filters().get(query.selected()));
    conditions.add(
        "(" + KeyText.join(key) + ") IN (SELECT \"key\" FROM " + MatchPlan.MATCHED + ")");
    StringBuilder sql =
        new StringBuilder(
            DuckText.select(outputs, query.tables().get(query.selected()).product(), conditions));
    if (!query.order().isEmpty()) {
      sql.append(" ORDER BY ");
      sql.append(query.order().stream().map(MatchBuilder::sort).collect(Collectors.joining(", ")));
    }
    query.limit().ifPresent(limit -> sql.append(" LIMIT ").append(limit));
    query.offset().ifPresent(offset -> sql.append(" OFFSET ").append(offset));
    return sql.toString();
  }

  private static String sort(MatchQuery.SortKey key) {
    // In parentheses, or a constant would be taken for an output's number.
    return "(" + DuckText.of(key.value()) + ") " + key.direction() + " NULLS " + key.nulls();
  }
}
