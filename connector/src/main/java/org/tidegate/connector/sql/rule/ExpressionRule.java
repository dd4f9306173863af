package org.tidegate.connector.sql.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.tidegate.connector.catalog.Names;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/**
 * Scalar expressions. What is not on the lists here is refused: DuckDB's meaning is the meaning.
 */
final class ExpressionRule {
  private static final Map<SqlKind, String> OPERATORS =
      Map.ofEntries(
          Map.entry(SqlKind.EQUALS, "(%s = %s)"),
          Map.entry(SqlKind.NOT_EQUALS, "(%s <> %s)"),
          Map.entry(SqlKind.LESS_THAN, "(%s < %s)"),
          Map.entry(SqlKind.LESS_THAN_OR_EQUAL, "(%s <= %s)"),
          Map.entry(SqlKind.GREATER_THAN, "(%s > %s)"),
          Map.entry(SqlKind.GREATER_THAN_OR_EQUAL, "(%s >= %s)"),
          Map.entry(SqlKind.IS_DISTINCT_FROM, "(%s IS DISTINCT FROM %s)"),
          Map.entry(SqlKind.IS_NOT_DISTINCT_FROM, "(%s IS NOT DISTINCT FROM %s)"),
          Map.entry(SqlKind.PLUS, "(%s + %s)"),
          Map.entry(SqlKind.MINUS, "(%s - %s)"),
          Map.entry(SqlKind.TIMES, "(%s * %s)"),
          Map.entry(SqlKind.DIVIDE, "(%s / %s)"),
          Map.entry(SqlKind.MOD, "(%s %% %s)"),
          Map.entry(SqlKind.MINUS_PREFIX, "(- %s)"),
          Map.entry(SqlKind.PLUS_PREFIX, "(+ %s)"),
          Map.entry(SqlKind.NOT, "(NOT %s)"),
          Map.entry(SqlKind.IS_NULL, "(%s IS NULL)"),
          Map.entry(SqlKind.IS_NOT_NULL, "(%s IS NOT NULL)"),
          Map.entry(SqlKind.IS_TRUE, "(%s IS TRUE)"),
          Map.entry(SqlKind.IS_NOT_TRUE, "(%s IS NOT TRUE)"),
          Map.entry(SqlKind.IS_FALSE, "(%s IS FALSE)"),
          Map.entry(SqlKind.IS_NOT_FALSE, "(%s IS NOT FALSE)"));

  /** Functions that are the same by name in DuckDB, never volatile, and look at nothing else. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "abs",
          "ceil",
          "ceiling",
          "coalesce",
          "concat",
          "day",
          "exp",
          "floor",
          "greatest",
          "least",
          "left",
          "length",
          "ln",
          "lower",
          "ltrim",
          "month",
          "nullif",
          "power",
          "quarter",
          "replace",
          "right",
          "round",
          "rtrim",
          "sign",
          "sqrt",
          "substring",
          "trim",
          "upper",
          "year");

  private static final Map<String, String> RENAMED =
      Map.of("char_length", "length", "character_length", "length", "ceiling", "ceil");

  private static final Set<String> TYPES =
      Set.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "INT",
          "BIGINT",
          "HUGEINT",
          "DECIMAL",
          "NUMERIC",
          "REAL",
          "FLOAT",
          "DOUBLE",
          "VARCHAR",
          "TEXT",
          "DATE",
          "TIMESTAMP",
          "UUID");

  private static final int MAX_DEPTH = 200;

  private final Scope scope;
  private final Function<SqlCall, Optional<Expr>> aggregates;

  /**
   * @param aggregates turns an aggregate call into a reference, where aggregates are allowed
   */
  ExpressionRule(Scope scope, Function<SqlCall, Optional<Expr>> aggregates) {
    this.scope = scope;
    this.aggregates = aggregates;
  }

  /** Expressions without aggregates. */
  static ExpressionRule scalar(Scope scope) {
    return new ExpressionRule(scope, call -> Optional.empty());
  }

  Expr apply(SqlNode node) {
    return apply(node, 0);
  }

  private Expr apply(SqlNode node, int depth) {
    Position at = Places.of(node);
    if (depth > MAX_DEPTH) {
      throw SqlRefusal.unsupported(at, "expressions nest at most " + MAX_DEPTH + " deep");
    }
    return switch (node) {
      case SqlLiteral literal -> literal(literal, at);
      case SqlIdentifier name -> scope.resolve(name);
      case SqlCase choice -> choice(choice, at, depth);
      case SqlCall call -> call(call, at, depth);
      default ->
          throw SqlRefusal.unsupported(
              at, "'" + node + "' is not supported; expected a column, a constant or a function");
    };
  }

  private Expr call(SqlCall call, Position at, int depth) {
    Optional<Expr> aggregate = aggregates.apply(call);
    if (aggregate.isPresent()) {
      return aggregate.get();
    }
    SqlKind kind = call.getKind();
    String operator = OPERATORS.get(kind);
    if (operator != null && operator.split("%s", -1).length - 1 == call.operandCount()) {
      return new Expr.Call(at, operator, operands(call.getOperandList(), depth));
    }
    return switch (kind) {
      case AND, OR -> connect(call, at, depth);
      case IN, NOT_IN -> in(call, at, depth);
      case BETWEEN -> between(call, at, depth);
      case LIKE -> like(call, at, depth);
      case CAST -> cast(call, at, depth);
      case EXTRACT -> extract(call, at, depth);
      case TRIM -> trim(call, at, depth);
      case OVER -> throw SqlRefusal.unsupported(at, "window functions are not supported");
      case SELECT, ORDER_BY, UNION, WITH, SCALAR_QUERY, EXISTS, SOME, ALL ->
          throw SqlRefusal.unsupported(
              at,
              "subqueries are not supported here; a condition k IN (SELECT …) or EXISTS (SELECT …)"
                  + " stands alone in WHERE, or beside others with AND, after FROM with one table");
      default -> function(call, at, depth);
    };
  }

  private Expr connect(SqlCall call, Position at, int depth) {
    String word = call.getKind() == SqlKind.AND ? " AND " : " OR ";
    List<Expr> operands = operands(call.getOperandList(), depth);
    return new Expr.Call(
        at, "(" + String.join(word, operands.stream().map(each -> "%s").toList()) + ")", operands);
  }

  private Expr in(SqlCall call, Position at, int depth) {
    if (!(call.operand(1) instanceof SqlNodeList list)) {
      throw SqlRefusal.unsupported(
          at,
          "IN with a subquery is not supported here; it stands alone in WHERE, or beside other"
              + " conditions with AND, after FROM with one table");
    }
    List<Expr> operands = new ArrayList<>();
    operands.add(apply(call.operand(0), depth + 1));
    for (SqlNode item : list) {
      operands.add(apply(item, depth + 1));
    }
    String items = String.join(", ", list.stream().map(each -> "%s").toList());
    String word = call.getKind() == SqlKind.IN ? " IN (" : " NOT IN (";
    return new Expr.Call(at, "(%s" + word + items + "))", operands);
  }

  private Expr between(SqlCall call, Position at, int depth) {
    boolean not = call.getOperator().getName().toUpperCase(Locale.ROOT).startsWith("NOT");
    if (call.getOperator().getName().toUpperCase(Locale.ROOT).contains(" SYMMETRIC")) {
      throw SqlRefusal.unsupported(at, "BETWEEN SYMMETRIC is not supported; order the bounds");
    }
    return new Expr.Call(
        at,
        not ? "(%s NOT BETWEEN %s AND %s)" : "(%s BETWEEN %s AND %s)",
        operands(call.getOperandList(), depth));
  }

  private Expr like(SqlCall call, Position at, int depth) {
    if (call.operandCount() != 2) {
      throw SqlRefusal.unsupported(at, "LIKE with ESCAPE is not supported");
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (!name.equals("LIKE") && !name.equals("NOT LIKE")) {
      throw SqlRefusal.unsupported(at, name + " is not supported; supported is LIKE");
    }
    boolean not = call.getOperator() instanceof SqlLikeOperator like && like.isNegated();
    return new Expr.Call(
        at, not ? "(%s NOT LIKE %s)" : "(%s LIKE %s)", operands(call.getOperandList(), depth));
  }

  private Expr cast(SqlCall call, Position at, int depth) {
    if (!(call.operand(1) instanceof SqlDataTypeSpec type)) {
      throw SqlRefusal.unsupported(at, "CAST to this type is not supported");
    }
    String text = type.toString().replace("`", "").toUpperCase(Locale.ROOT);
    String name = text.replaceAll("\\s*\\(.*", "").strip();
    if (!TYPES.contains(name) || !text.matches("[A-Z]+\\s*(\\(\\s*\\d+\\s*(,\\s*\\d+\\s*)?\\))?")) {
      throw SqlRefusal.unsupported(
          Places.of(type), "CAST to " + text + " is not supported" + Names.hint(name, TYPES));
    }
    return new Expr.Call(
        at, "CAST(%s AS " + text + ")", List.of(apply(call.operand(0), depth + 1)));
  }

  private Expr extract(SqlCall call, Position at, int depth) {
    String unit =
        call.operand(0) instanceof SqlIntervalQualifier qualifier
            ? qualifier.toString()
            : call.operand(0).toString();
    String lower = unit.replace("`", "").toLowerCase(Locale.ROOT);
    if (!Set.of("year", "quarter", "month", "week", "day", "hour", "minute").contains(lower)) {
      throw SqlRefusal.unsupported(
          at, "EXTRACT(" + unit + ") is not supported; expected YEAR to MINUTE");
    }
    return new Expr.Call(
        at, "extract('" + lower + "' FROM %s)", List.of(apply(call.operand(1), depth + 1)));
  }

  private Expr trim(SqlCall call, Position at, int depth) {
    // Calcite: TRIM(flag, what to take away, from what).
    boolean plain =
        call.operandCount() == 3
            && call.operand(0).toString().equalsIgnoreCase("BOTH")
            && call.operand(1) instanceof SqlCharStringLiteral blank
            && " ".equals(blank.getValueAs(String.class));
    if (!plain) {
      throw SqlRefusal.unsupported(at, "only TRIM(x) is supported");
    }
    return new Expr.Call(at, "trim(%s)", List.of(apply(call.operand(2), depth + 1)));
  }

  private Expr function(SqlCall call, Position at, int depth) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    if (name.equals("||")) {
      return new Expr.Call(at, "(%s || %s)", operands(call.getOperandList(), depth));
    }
    String known = RENAMED.getOrDefault(name, name);
    boolean plain = !(call instanceof SqlBasicCall) || call.getFunctionQuantifier() == null;
    if (!FUNCTIONS.contains(known) || !plain) {
      throw SqlRefusal.unsupported(
          at,
          "'"
              + call.getOperator().getName()
              + "' is not supported"
              + Names.hint(name, FUNCTIONS)
              + (Names.nearest(name, FUNCTIONS).isEmpty()
                  ? "; functions are " + String.join(", ", FUNCTIONS.stream().sorted().toList())
                  : ""));
    }
    List<Expr> operands = operands(call.getOperandList(), depth);
    String arguments = String.join(", ", operands.stream().map(each -> "%s").toList());
    return new Expr.Call(at, known + "(" + arguments + ")", operands);
  }

  private Expr choice(SqlCase choice, Position at, int depth) {
    // Calcite has turned CASE x WHEN a into CASE WHEN x = a.
    List<Expr> branches = new ArrayList<>();
    for (int i = 0; i < choice.getWhenOperands().size(); i++) {
      branches.add(apply(choice.getWhenOperands().get(i), depth + 1));
      branches.add(apply(choice.getThenOperands().get(i), depth + 1));
    }
    SqlNode otherwise = choice.getElseOperand();
    if (otherwise == null
        || otherwise instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.NULL) {
      return new Expr.Case(at, branches, Optional.empty());
    }
    return new Expr.Case(at, branches, Optional.of(apply(otherwise, depth + 1)));
  }

  private List<Expr> operands(List<SqlNode> nodes, int depth) {
    return nodes.stream().map(node -> apply(node, depth + 1)).toList();
  }

  private static Expr literal(SqlLiteral literal, Position at) {
    // DATE '…' stays a tag and a text until somebody validates it, which here is DuckDB.
    if (literal instanceof SqlUnknownLiteral tagged
        && Set.of("DATE", "TIMESTAMP").contains(tagged.tag.toUpperCase(Locale.ROOT))) {
      return new Expr.Literal(
          at,
          tagged.tag.toUpperCase(Locale.ROOT)
              + " '"
              + String.valueOf(tagged.getValue()).replace("'", "''")
              + "'");
    }
    return switch (literal.getTypeName()) {
      case NULL -> new Expr.Literal(at, "NULL");
      case BOOLEAN -> new Expr.Literal(at, literal.booleanValue() ? "TRUE" : "FALSE");
      case CHAR -> {
        NlsString text = (NlsString) literal.getValue();
        yield new Expr.Literal(
            at, "'" + (text == null ? "" : text.getValue()).replace("'", "''") + "'");
      }
      case DECIMAL, DOUBLE ->
          // As written: 1.50 is a DECIMAL(3,2) to DuckDB, and 1e3 a DOUBLE.
          new Expr.Literal(at, ((SqlNumericLiteral) literal).toString());
      case DATE -> new Expr.Literal(at, literal.toString());
      case TIMESTAMP -> new Expr.Literal(at, literal.toString());
      default ->
          throw SqlRefusal.unsupported(
              at,
              literal
                  + " is not supported; expected a number, a text, a boolean, NULL, DATE '…' or"
                  + " TIMESTAMP '…'");
    };
  }
}
