package org.tidegate.connector.sql.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.tidegate.connector.sql.ir.Aggregate;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/** The select list: expressions over COUNT, SUM and AVG of one table each. */
final class SelectRule {
  private static final String SUPPORTED = "supported are COUNT(*), COUNT(x), SUM(x) and AVG(x)";

  private static final Set<String> AGGREGATES = Set.of("count", "sum", "avg");

  /** Aggregates that exist elsewhere, so that their refusal can say what they are. */
  private static final Set<String> OTHER_AGGREGATES =
      Set.of(
          "min",
          "max",
          "stddev",
          "stddev_pop",
          "stddev_samp",
          "variance",
          "var_pop",
          "var_samp",
          "median",
          "mode",
          "any_value",
          "bool_and",
          "bool_or",
          "every",
          "listagg",
          "string_agg",
          "array_agg",
          "approx_count_distinct",
          "covar_pop",
          "covar_samp",
          "corr",
          "product");

  private final Scope scope;
  private final List<Aggregate> aggregates = new ArrayList<>();

  SelectRule(Scope scope) {
    this.scope = scope;
  }

  /** Whether a select list asks for aggregates rather than rows. */
  static boolean hasAggregate(SqlNode node) {
    return switch (node) {
      case SqlNodeList list -> list.stream().anyMatch(each -> each != null && hasAggregate(each));
      case SqlSelect subquery -> false;
      case SqlCall call -> {
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        yield AGGREGATES.contains(name)
            || OTHER_AGGREGATES.contains(name)
            || call.getOperandList().stream().anyMatch(each -> each != null && hasAggregate(each));
      }
      default -> false;
    };
  }

  List<Aggregate> aggregates() {
    return aggregates;
  }

  Expr apply(SqlNode item) {
    SqlNode expression = item.getKind() == SqlKind.AS ? ((SqlBasicCall) item).operand(0) : item;
    if (expression instanceof SqlIdentifier name && name.isStar()) {
      throw SqlRefusal.unsupported(Places.of(name), "SELECT * would reveal rows; " + SUPPORTED);
    }
    Expr output = new ExpressionRule(scope, this::aggregate).apply(expression);
    Optional<Expr.ColumnRef> column = output.columns().findFirst();
    if (column.isPresent()) {
      throw SqlRefusal.unsupported(
          column.get().at(),
          "column "
              + column.get().name()
              + " outside an aggregate would reveal rows; "
              + SUPPORTED);
    }
    return output;
  }

  private Optional<Expr> aggregate(SqlCall call) {
    Position at = Places.of(call);
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    if (call.getKind() == SqlKind.FILTER) {
      throw SqlRefusal.unsupported(
          at, "FILTER is not supported; write SUM(CASE WHEN … THEN … END)");
    }
    if (call.getKind() == SqlKind.WITHIN_GROUP || OTHER_AGGREGATES.contains(name)) {
      throw SqlRefusal.unsupported(
          at, name.toUpperCase(Locale.ROOT) + " is not supported; " + SUPPORTED);
    }
    if (!AGGREGATES.contains(name)) {
      return Optional.empty();
    }
    if (call.getFunctionQuantifier() != null) {
      throw SqlRefusal.unsupported(
          at, name.toUpperCase(Locale.ROOT) + "(DISTINCT x) is not supported; " + SUPPORTED);
    }
    if (call.operandCount() != 1) {
      throw SqlRefusal.unsupported(at, name + " takes one argument; " + SUPPORTED);
    }
    SqlNode operand = call.operand(0);
    if (operand instanceof SqlIdentifier star && star.isStar()) {
      if (!name.equals("count")) {
        throw SqlRefusal.unsupported(at, name + "(*) is not SQL; " + SUPPORTED);
      }
      return Optional.of(add(new Aggregate(at, Aggregate.Kind.COUNT_ROWS, Optional.empty())));
    }
    Expr argument =
        new ExpressionRule(
                scope,
                nested -> {
                  String inner = nested.getOperator().getName().toLowerCase(Locale.ROOT);
                  if (AGGREGATES.contains(inner)) {
                    throw SqlRefusal.unsupported(
                        Places.of(nested), "an aggregate inside an aggregate is not SQL");
                  }
                  return Optional.empty();
                })
            .apply(operand);
    Set<Integer> tables = argument.columns().map(Expr.ColumnRef::table).collect(Collectors.toSet());
    if (tables.size() > 1) {
      throw SqlRefusal.unsupported(
          at,
          "an expression over columns of both tables inside an aggregate is not supported;"
              + " each aggregate takes columns of one table");
    }
    Aggregate.Kind kind =
        switch (name) {
          case "count" -> Aggregate.Kind.COUNT;
          case "sum" -> Aggregate.Kind.SUM;
          default -> Aggregate.Kind.AVG;
        };
    return Optional.of(add(new Aggregate(at, kind, Optional.of(argument))));
  }

  private Expr add(Aggregate aggregate) {
    aggregates.add(aggregate);
    return new Expr.AggregateRef(aggregate.at(), aggregates.size() - 1);
  }
}
