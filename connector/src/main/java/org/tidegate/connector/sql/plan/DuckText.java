package org.tidegate.connector.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.ir.Expr;

/** The IR as DuckDB text. Columns stand bare: a fragment has one table. */
final class DuckText {
  private DuckText() {}

  static String of(Expr expression) {
    return switch (expression) {
      case Expr.ColumnRef column -> identifier(column.name());
      case Expr.Literal literal -> literal.text();
      case Expr.AggregateRef aggregate -> aggregateName(aggregate.index());
      case Expr.Case choice -> choice(choice);
      case Expr.Call call ->
          String.format(call.template(), call.operands().stream().map(DuckText::of).toArray());
    };
  }

  private static String choice(Expr.Case choice) {
    StringBuilder text = new StringBuilder("CASE");
    for (int i = 0; i < choice.branches().size(); i += 2) {
      text.append(" WHEN ").append(of(choice.branches().get(i)));
      text.append(" THEN ").append(of(choice.branches().get(i + 1)));
    }
    choice.otherwise().ifPresent(otherwise -> text.append(" ELSE ").append(of(otherwise)));
    return text.append(" END").toString();
  }

  static String aggregateName(int index) {
    return "a" + index;
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String table(Product product) {
    return identifier(product.owner()) + "." + identifier(product.name());
  }

  /** {@code SELECT … FROM table [WHERE …]}. */
  static String select(List<String> expressions, Product product, List<String> conditions) {
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return "SELECT " + String.join(", ", expressions) + " FROM " + table(product) + where;
  }

  static List<String> all(List<Expr> expressions) {
    return new ArrayList<>(expressions.stream().map(DuckText::of).toList());
  }
}
