package org.tidegate.connector.sql.rule;

import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.Query.Table;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/**
 * {@code k IN (SELECT …)} and {@code EXISTS (SELECT …)} among the conditions of WHERE: the inner
 * table, and what relates it to the outer one. A NULL in a key matches nothing, as in both.
 */
final class SemiJoinRule {
  private static final String SUPPORTED =
      "supported is k IN (SELECT k FROM b.u WHERE …) or EXISTS (SELECT 1 FROM b.u u WHERE u.k ="
          + " t.k AND …)";

  private static final Set<SqlKind> QUERIES =
      Set.of(
          SqlKind.SELECT,
          SqlKind.ORDER_BY,
          SqlKind.WITH,
          SqlKind.UNION,
          SqlKind.INTERSECT,
          SqlKind.EXCEPT,
          SqlKind.VALUES);

  private final FromRule from;
  private final ConditionRule conditions;

  SemiJoinRule(FromRule from, ConditionRule conditions) {
    this.from = from;
    this.conditions = conditions;
  }

  /** Both tables of a statement whose FROM has one; the conditions are collected. */
  List<Table> apply(Table outer, @Nullable SqlNode where) {
    List<SqlNode> all = where == null ? List.of() : ConditionRule.conjuncts(where);
    List<SqlNode> subqueries = all.stream().filter(SemiJoinRule::isSubquery).toList();
    if (subqueries.isEmpty()) {
      throw FromRule.alone(outer);
    }
    if (subqueries.size() > 1) {
      throw SqlRefusal.unsupported(
          Places.of(subqueries.get(1)),
          "a second subquery is not supported; ask one statement for each, " + SUPPORTED);
    }
    ExpressionRule outside = ExpressionRule.scalar(new Scope(List.of(outer)));
    List<Table> tables = subquery(outer, (SqlCall) subqueries.getFirst(), outside);
    all.stream().filter(each -> !isSubquery(each)).forEach(each -> conditions.apply(each, outside));
    return tables;
  }

  private static boolean isSubquery(SqlNode condition) {
    return switch (condition.getKind()) {
      case EXISTS -> true;
      case NOT -> isSubquery(((SqlCall) condition).operand(0));
      case IN, NOT_IN -> QUERIES.contains(((SqlCall) condition).operand(1).getKind());
      default -> false;
    };
  }

  private List<Table> subquery(Table outer, SqlCall condition, ExpressionRule outside) {
    Position at = Places.of(condition);
    if (condition.getKind() == SqlKind.NOT || condition.getKind() == SqlKind.NOT_IN) {
      throw SqlRefusal.unsupported(
          at,
          "NOT IN and NOT EXISTS are not supported: the rows that match are revealed, and those"
              + " that do not only with them; "
              + SUPPORTED);
    }
    boolean exists = condition.getKind() == SqlKind.EXISTS;
    SqlNode query = condition.operand(exists ? 0 : 1);
    if (!(query instanceof SqlSelect inner)) {
      throw SqlRefusal.unsupported(
          Places.of(query), "the subquery must be a plain SELECT; " + SUPPORTED);
    }
    StatementRule.refuse(inner, SUPPORTED);
    List<Table> tables = from.withInner(outer, inner);
    ExpressionRule inside = ExpressionRule.scalar(Scope.inside(outer, tables.get(1)));
    if (exists) {
      inner.getSelectList().forEach(SemiJoinRule::requirePlain);
    } else {
      in(condition, inner, outside, inside);
    }
    if (inner.getWhere() != null) {
      conditions.apply(inner.getWhere(), inside);
    }
    if (conditions.keys().isEmpty()) {
      throw SqlRefusal.unsupported(
          at, "no equality relates the subquery to " + outer.alias() + "; " + SUPPORTED);
    }
    return tables;
  }

  /** EXISTS asks whether there is a row, which an aggregate always gives. */
  private static void requirePlain(SqlNode item) {
    if (!(item instanceof SqlIdentifier) && !(item instanceof SqlLiteral)) {
      throw SqlRefusal.unsupported(
          Places.of(item), "EXISTS selects a constant, a column or *; write SELECT 1");
    }
  }

  private void in(
      SqlCall condition, SqlSelect inner, ExpressionRule outside, ExpressionRule inside) {
    Position at = Places.of(condition);
    SqlNode left = condition.operand(0);
    List<SqlNode> outer =
        left.getKind() == SqlKind.ROW ? ((SqlCall) left).getOperandList() : List.of(left);
    SqlNodeList list = inner.getSelectList();
    if (outer.size() != list.size()) {
      throw SqlRefusal.unsupported(
          at,
          "IN compares "
              + outer.size()
              + (outer.size() == 1 ? " expression" : " expressions")
              + " with a subquery of "
              + list.size());
    }
    for (int i = 0; i < outer.size(); i++) {
      SqlNode item = list.get(i);
      if (item.getKind() == SqlKind.AS) {
        item = ((SqlCall) item).operand(0);
      }
      Expr mine = outside.apply(outer.get(i));
      conditions.equal(at, mine, inside.apply(item));
    }
  }
}
