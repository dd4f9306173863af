package org.tidegate.connector.sql.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.MatchQuery.Direction;
import org.tidegate.connector.sql.ir.MatchQuery.Nulls;
import org.tidegate.connector.sql.ir.MatchQuery.SortKey;
import org.tidegate.connector.sql.text.SqlRefusal;

/** ORDER BY, LIMIT and OFFSET of rows: by output's name, by its number, or by an expression. */
final class SortRule {
  private final ExpressionRule expressions;
  private final List<RowsRule.Output> outputs;

  /**
   * @param expressions over the selected table
   * @param outputs the result's columns, with the names given by AS
   */
  SortRule(ExpressionRule expressions, List<RowsRule.Output> outputs) {
    this.expressions = expressions;
    this.outputs = outputs;
  }

  List<SortKey> keys(@Nullable SqlNodeList order) {
    List<SortKey> keys = new ArrayList<>();
    if (order != null) {
      order.forEach(node -> keys.add(key(node)));
    }
    return keys;
  }

  private SortKey key(SqlNode node) {
    SqlNode value = node;
    Direction direction = Direction.ASC;
    Nulls nulls = Nulls.LAST;
    while (value.getKind() == SqlKind.NULLS_FIRST
        || value.getKind() == SqlKind.NULLS_LAST
        || value.getKind() == SqlKind.DESCENDING) {
      switch (value.getKind()) {
        case NULLS_FIRST -> nulls = Nulls.FIRST;
        case DESCENDING -> direction = Direction.DESC;
        default -> nulls = Nulls.LAST;
      }
      value = ((SqlCall) value).operand(0);
    }
    return new SortKey(Places.of(node), value(value), direction, nulls);
  }

  private Expr value(SqlNode node) {
    if (node instanceof SqlLiteral literal) {
      return numbered(literal);
    }
    if (node instanceof SqlIdentifier name && name.isSimple()) {
      Optional<Expr> output = named(name.getSimple());
      if (output.isPresent()) {
        return output.get();
      }
      return expressions.apply(node);
    }
    Expr value = expressions.apply(node);
    // In an expression DuckDB may mean the output's name, and we the column.
    value
        .columns()
        .filter(
            column -> named(column.name()).map(output -> !isColumn(output, column)).orElse(false))
        .findFirst()
        .ifPresent(column -> {
          throw SqlRefusal.unsupported(
              column.at(),
              column.name()
                  + " is a column and the name of an output; order by the output's number, or"
                  + " name it otherwise");
        });
    return value;
  }

  private static boolean isColumn(Expr output, Expr.ColumnRef column) {
    return output instanceof Expr.ColumnRef same && same.name().equals(column.name());
  }

  private Optional<Expr> named(String name) {
    return outputs.stream()
        .filter(output -> output.alias().map(name::equalsIgnoreCase).orElse(false))
        .map(RowsRule.Output::value)
        .findFirst();
  }

  private Expr numbered(SqlLiteral literal) {
    int number =
        literal instanceof SqlNumericLiteral exact && exact.isInteger() ? bounded(exact) : 0;
    if (number < 1 || number > outputs.size()) {
      throw SqlRefusal.unsupported(
          Places.of(literal),
          "ORDER BY "
              + literal
              + " is no output; expected a column, an expression, or a number from 1 to "
              + outputs.size());
    }
    return outputs.get(number - 1).value();
  }

  private static int bounded(SqlNumericLiteral literal) {
    return literal.bigDecimalValue() == null
        ? 0
        : literal.bigDecimalValue().min(java.math.BigDecimal.valueOf(1_000_000)).intValue();
  }

  /** The number after LIMIT or OFFSET. */
  static OptionalLong count(@Nullable SqlNode node, String clause) {
    if (node == null) {
      return OptionalLong.empty();
    }
    if (node instanceof SqlNumericLiteral literal
        && literal.isInteger()
        && literal.bigDecimalValue() != null
        && literal.bigDecimalValue().signum() >= 0
        && literal.bigDecimalValue().precision() <= 18) {
      return OptionalLong.of(literal.bigDecimalValue().longValueExact());
    }
    throw SqlRefusal.unsupported(Places.of(node), clause + " takes a number of rows, such as 100");
  }
}
