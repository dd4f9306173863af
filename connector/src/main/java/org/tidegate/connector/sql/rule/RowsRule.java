package org.tidegate.connector.sql.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.Query;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/** The select list of rows: columns and expressions of one table. */
final class RowsRule {
  private final Scope scope;
  private final ExpressionRule expressions;
  private final List<Output> outputs = new ArrayList<>();

  /**
   * A result column.
   *
   * @param alias its name after AS, or a column's own
   */
  record Output(Expr value, Optional<String> alias) {}

  RowsRule(Scope scope) {
    this.scope = scope;
    this.expressions = ExpressionRule.scalar(scope);
  }

  List<Output> apply(SqlNodeList list) {
    list.forEach(this::add);
    return List.copyOf(outputs);
  }

  private void add(SqlNode item) {
    if (item instanceof SqlIdentifier name && name.isStar()) {
      int table = scope.table(name);
      Query.Table all = scope.tables().get(table);
      all.product()
          .columnNames()
          .forEach(column ->
              outputs.add(
                  new Output(
                      new Expr.ColumnRef(Places.of(name), table, column), Optional.of(column))));
      return;
    }
    if (item.getKind() == SqlKind.AS) {
      SqlBasicCall as = (SqlBasicCall) item;
      outputs.add(
          new Output(
              expressions.apply(as.operand(0)),
              Optional.of(((SqlIdentifier) as.operand(1)).getSimple())));
      return;
    }
    Expr value = expressions.apply(item);
    outputs.add(
        new Output(
            value,
            value instanceof Expr.ColumnRef column
                ? Optional.of(column.name())
                : Optional.empty()));
  }

  /**
   * The only table that the outputs are of.
   *
   * @param at where the select list stands
   */
  static int selected(
      List<Output> outputs, List<Query.Table> tables, Query.Form form, Position at) {
    List<Expr.ColumnRef> columns =
        outputs.stream().flatMap(output -> output.value().columns()).toList();
    Set<Integer> found = columns.stream().map(Expr.ColumnRef::table).collect(Collectors.toSet());
    if (found.size() > 1) {
      int first = columns.getFirst().table();
      Expr.ColumnRef other =
          columns.stream().filter(column -> column.table() != first).findFirst().orElseThrow();
      throw SqlRefusal.unsupported(
          other.at(),
          "rows are answered with columns of one table, the recipient's own, and "
              + other.name()
              + " would reveal rows of "
              + tables.get(other.table()).product().qualifiedName()
              + "; select columns of "
              + tables.get(first).product().qualifiedName()
              + " alone, or aggregates of both");
    }
    if (found.isEmpty() && form == Query.Form.JOIN) {
      throw SqlRefusal.unsupported(
          at,
          "there is no aggregate and no column; supported are COUNT(*), COUNT(x), SUM(x) and"
              + " AVG(x), or columns of the recipient's own table");
    }
    return IntStream.range(0, tables.size()).filter(found::contains).findFirst().orElse(0);
  }
}
