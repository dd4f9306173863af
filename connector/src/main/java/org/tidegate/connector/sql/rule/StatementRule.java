package org.tidegate.connector.sql.rule;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.JoinQuery;
import org.tidegate.connector.sql.text.SqlRefusal;

/** A statement's syntax tree to the IR, or a refusal that says where and what is supported. */
public final class StatementRule {
  private static final String SUPPORTED =
      "supported is SELECT aggregates FROM a.t JOIN b.u ON … = … [WHERE …]";

  private StatementRule() {}

  /**
   * Resolves and shapes a statement.
   *
   * @throws SqlRefusal where it asks for what is not answered
   */
  public static JoinQuery apply(SqlNode statement, Catalog catalog) {
    if (!(statement instanceof SqlSelect select)) {
      throw SqlRefusal.unsupported(
          Places.of(statement),
          statement.getKind().toString().replace('_', ' ') + " is not supported; " + SUPPORTED);
    }
    refuse(select);
    FromRule.From from = new FromRule(catalog).apply(select);
    Scope scope = new Scope(from.tables());
    ExpressionRule scalar = new ExpressionRule(scope, call -> Optional.empty());
    ConditionRule conditions = new ConditionRule(scalar);
    for (SqlIdentifier column : from.shared()) {
      conditions.addKey(
          new JoinQuery.KeyPair(
              Places.of(column), shared(column, from, 0), shared(column, from, 1)));
      scope.share(column.getSimple());
    }
    from.condition().ifPresent(conditions::apply);
    Optional.ofNullable(select.getWhere()).ifPresent(conditions::apply);
    if (conditions.keys().isEmpty()) {
      throw SqlRefusal.unsupported(
          from.tables().get(1).at(), "no equality joins the two tables; " + SUPPORTED);
    }
    SelectRule outputs = new SelectRule(scope);
    List<Expr> expressions = select.getSelectList().stream().map(outputs::apply).toList();
    if (outputs.aggregates().isEmpty()) {
      throw SqlRefusal.unsupported(
          Places.of(select.getSelectList()), "there is no aggregate; " + SUPPORTED);
    }
    return new JoinQuery(
        from.tables(), conditions.keys(), conditions.filters(), outputs.aggregates(), expressions);
  }

  private static Expr shared(SqlIdentifier column, FromRule.From from, int table) {
    Scope one = new Scope(List.of(from.tables().get(table)));
    return new Expr.ColumnRef(Places.of(column), table, one.resolve(column).name());
  }

  private static void refuse(SqlSelect select) {
    if (select.isDistinct()) {
      throw SqlRefusal.unsupported(
          Places.of(select), "SELECT DISTINCT is not supported; an answer has one row anyway");
    }
    refuse(select.getGroup(), "GROUP BY is not supported yet; ask one group a statement in WHERE");
    refuse(select.getHaving(), "HAVING is not supported; a minimum group applies by itself");
    refuse(select.getQualify(), "QUALIFY is not supported");
    refuse(select.getOrderList(), "ORDER BY is not supported; an answer has one row");
    refuse(select.getFetch(), "LIMIT is not supported; an answer has one row");
    refuse(select.getOffset(), "OFFSET is not supported; an answer has one row");
    SqlNodeList windows = select.getWindowList();
    if (windows != null && !windows.isEmpty()) {
      refuse(windows, "WINDOW is not supported");
    }
    if (select.hasHints()) {
      throw SqlRefusal.unsupported(Places.of(select), "hints are not supported");
    }
  }

  private static void refuse(@Nullable SqlNode clause, String message) {
    if (clause != null) {
      throw SqlRefusal.unsupported(Places.of(clause), message);
    }
  }
}
