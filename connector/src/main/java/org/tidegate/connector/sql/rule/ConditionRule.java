package org.tidegate.connector.sql.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.Query.KeyPair;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/** ON and WHERE: conjuncts over one table filter it, equalities of both are the join's keys. */
final class ConditionRule {
  private final List<KeyPair> keys = new ArrayList<>();
  private final List<List<Expr>> filters = List.of(new ArrayList<>(), new ArrayList<>());

  List<KeyPair> keys() {
    return keys;
  }

  List<List<Expr>> filters() {
    return filters;
  }

  void addKey(KeyPair key) {
    keys.add(key);
  }

  /** The conditions that AND connects. */
  static List<SqlNode> conjuncts(SqlNode condition) {
    return condition.getKind() == SqlKind.AND
        ? ((SqlCall) condition)
            .getOperandList().stream().flatMap(each -> conjuncts(each).stream()).toList()
        : List.of(condition);
  }

  void apply(SqlNode condition, ExpressionRule expressions) {
    conjuncts(condition).forEach(each -> conjunct(each, expressions));
  }

  /**
   * Adds that two expressions are equal.
   *
   * @throws SqlRefusal if they are not of one table each
   */
  void equal(Position at, Expr outer, Expr inner) {
    if (side(outer) != 0 || side(inner) != 1) {
      throw SqlRefusal.unsupported(
          at, "IN compares columns of the outer table with columns of the inner one");
    }
    keys.add(new KeyPair(at, outer, inner));
  }

  private void conjunct(SqlNode condition, ExpressionRule expressions) {
    if (condition.getKind() == SqlKind.EQUALS) {
      SqlCall equality = (SqlCall) condition;
      Expr left = expressions.apply(equality.operand(0));
      Expr right = expressions.apply(equality.operand(1));
      if (side(left) >= 0 && side(right) >= 0 && side(left) != side(right)) {
        Position at = Places.of(condition);
        keys.add(side(left) == 0 ? new KeyPair(at, left, right) : new KeyPair(at, right, left));
        return;
      }
    }
    Expr conjunct = expressions.apply(condition);
    Set<Integer> tables = conjunct.columns().map(Expr.ColumnRef::table).collect(Collectors.toSet());
    if (tables.size() > 1) {
      throw SqlRefusal.unsupported(
          conjunct.at(),
          "a condition over both tables is not supported, other than an equality that joins"
              + " them; split it with AND into conditions of one table each");
    }
    // A condition on nothing filters one table, and so the join.
    filters.get(tables.isEmpty() ? 0 : tables.iterator().next()).add(conjunct);
  }

  /** The only table in an expression; -1 where there is none or both. */
  private static int side(Expr expression) {
    Set<Integer> tables =
        expression.columns().map(Expr.ColumnRef::table).collect(Collectors.toSet());
    return tables.size() == 1 ? tables.iterator().next() : -1;
  }
}
