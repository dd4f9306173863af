package org.tidegate.connector.sql.rule;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.sql.ir.Expr;
import org.tidegate.connector.sql.ir.JoinQuery;
import org.tidegate.connector.sql.ir.MatchQuery;
import org.tidegate.connector.sql.ir.Query;
import org.tidegate.connector.sql.text.SqlRefusal;

/** A statement's syntax tree to the IR, or a refusal that says where and what is supported. */
public final class StatementRule {
  private static final String SUPPORTED =
      "supported is SELECT aggregates FROM a.t JOIN b.u ON … = … [WHERE …], or SELECT columns FROM"
          + " a.t WHERE k IN (SELECT k FROM b.u [WHERE …])";

  private StatementRule() {}

  /** What FROM and WHERE say. */
  private record Related(
      Scope scope, List<Query.Table> tables, ConditionRule conditions, Query.Form form) {}

  /**
   * Resolves and shapes a statement.
   *
   * @throws SqlRefusal where it asks for what is not answered
   */
  public static Query apply(SqlNode statement, Catalog catalog) {
    @Nullable SqlOrderBy order = statement instanceof SqlOrderBy ordered ? ordered : null;
    SqlNode query = order == null ? statement : order.query;
    if (!(query instanceof SqlSelect select)) {
      throw SqlRefusal.unsupported(
          Places.of(query),
          query.getKind().toString().replace('_', ' ') + " is not supported; " + SUPPORTED);
    }
    refuse(select, SUPPORTED);
    if (select.isDistinct()) {
      throw SqlRefusal.unsupported(
          Places.of(select),
          "SELECT DISTINCT is not supported; aggregates give one row, and a match each row once");
    }
    Related related = related(select, catalog);
    return SelectRule.hasAggregate(select.getSelectList())
        ? aggregates(select, order, related)
        : rows(select, order, related);
  }

  private static Related related(SqlSelect select, Catalog catalog) {
    FromRule rule = new FromRule(catalog);
    FromRule.From from = rule.apply(select);
    ConditionRule conditions = new ConditionRule();
    Scope scope = new Scope(from.tables());
    if (from.tables().size() == 1) {
      List<Query.Table> tables =
          new SemiJoinRule(rule, conditions).apply(from.tables().getFirst(), select.getWhere());
      return new Related(scope, tables, conditions, Query.Form.SEMI_JOIN);
    }
    ExpressionRule scalar = ExpressionRule.scalar(scope);
    for (SqlIdentifier column : from.shared()) {
      conditions.addKey(
          new Query.KeyPair(Places.of(column), shared(column, from, 0), shared(column, from, 1)));
      scope.share(column.getSimple());
    }
    from.condition().ifPresent(condition -> conditions.apply(condition, scalar));
    if (select.getWhere() != null) {
      conditions.apply(select.getWhere(), scalar);
    }
    if (conditions.keys().isEmpty()) {
      throw SqlRefusal.unsupported(
          from.tables().get(1).at(), "no equality joins the two tables; " + SUPPORTED);
    }
    return new Related(scope, from.tables(), conditions, Query.Form.JOIN);
  }

  private static Query aggregates(SqlSelect select, @Nullable SqlOrderBy order, Related related) {
    if (order != null) {
      throw SqlRefusal.unsupported(
          Places.of(order), "ORDER BY and LIMIT are not supported here; an answer has one row");
    }
    SelectRule outputs = new SelectRule(related.scope());
    List<Expr> expressions = select.getSelectList().stream().map(outputs::apply).toList();
    return new JoinQuery(
        related.tables(),
        related.conditions().keys(),
        related.conditions().filters(),
        related.form(),
        outputs.aggregates(),
        expressions);
  }

  private static Query rows(SqlSelect select, @Nullable SqlOrderBy order, Related related) {
    SqlNodeList list = select.getSelectList();
    List<RowsRule.Output> outputs = new RowsRule(related.scope()).apply(list);
    int selected = RowsRule.selected(outputs, related.tables(), related.form(), Places.of(list));
    SortRule sort = new SortRule(ExpressionRule.scalar(related.scope()), outputs);
    List<MatchQuery.SortKey> keys = sort.keys(order == null ? null : order.orderList);
    for (MatchQuery.SortKey key : keys) {
      key.value()
          .columns()
          .filter(column -> column.table() != selected)
          .findFirst()
          .ifPresent(column -> {
            throw SqlRefusal.unsupported(
                column.at(),
                "the order by "
                    + column.name()
                    + " would reveal rows of "
                    + related.tables().get(column.table()).product().qualifiedName()
                    + "; order by columns of "
                    + related.tables().get(selected).product().qualifiedName());
          });
    }
    return new MatchQuery(
        related.tables(),
        related.conditions().keys(),
        related.conditions().filters(),
        related.form(),
        selected,
        outputs.stream().map(RowsRule.Output::value).toList(),
        keys,
        SortRule.count(order == null ? null : order.fetch, "LIMIT"),
        SortRule.count(order == null ? null : order.offset, "OFFSET"));
  }

  private static Expr shared(SqlIdentifier column, FromRule.From from, int table) {
    Scope one = new Scope(List.of(from.tables().get(table)));
    return new Expr.ColumnRef(Places.of(column), table, one.resolve(column).name());
  }

  /**
   * Refuses the clauses that neither a statement nor its subquery may have.
   *
   * @param supported what may stand instead
   */
  static void refuse(SqlSelect select, String supported) {
    refuseClause(
        select.getGroup(), "GROUP BY is not supported yet; ask one group a statement in WHERE");
    refuseClause(select.getHaving(), "HAVING is not supported; a minimum group applies by itself");
    refuseClause(select.getQualify(), "QUALIFY is not supported; " + supported);
    refuseClause(select.getOrderList(), "ORDER BY is not supported; " + supported);
    refuseClause(select.getFetch(), "LIMIT is not supported; " + supported);
    refuseClause(select.getOffset(), "OFFSET is not supported; " + supported);
    SqlNodeList windows = select.getWindowList();
    if (windows != null && !windows.isEmpty()) {
      refuseClause(windows, "WINDOW is not supported; " + supported);
    }
    if (select.hasHints()) {
      throw SqlRefusal.unsupported(Places.of(select), "hints are not supported; " + supported);
    }
  }

  private static void refuseClause(@Nullable SqlNode clause, String message) {
    if (clause != null) {
      throw SqlRefusal.unsupported(Places.of(clause), message);
    }
  }
}
