package org.tidegate.connector.sql.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.tidegate.connector.catalog.Catalog;
import org.tidegate.connector.catalog.Names;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.ir.Query.Table;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/** FROM: two tables of two participants, joined by equality, or one beside a subquery's. */
final class FromRule {
  private static final String SUPPORTED =
      "supported is FROM a.t JOIN b.u ON … = … with tables of two participants";

  private static final String ALONE =
      SUPPORTED + ", or FROM a.t WHERE k IN (SELECT k FROM b.u), or EXISTS";

  private final Catalog catalog;

  FromRule(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * What FROM says.
   *
   * @param tables one table or two
   * @param condition the ON condition, if any
   * @param shared the columns of USING, if any
   */
  record From(List<Table> tables, Optional<SqlNode> condition, List<SqlIdentifier> shared) {}

  From apply(SqlSelect select) {
    SqlNode from = select.getFrom();
    if (from == null) {
      throw SqlRefusal.unsupported(Places.of(select), "there is no FROM; " + SUPPORTED);
    }
    if (!(from instanceof SqlJoin join)) {
      return new From(List.of(table(from)), Optional.empty(), List.of());
    }
    if (join.isNatural()) {
      throw SqlRefusal.unsupported(Places.of(join), "NATURAL JOIN is not supported; name the keys");
    }
    if (join.getJoinType() != JoinType.INNER
        && join.getJoinType() != JoinType.COMMA
        && join.getJoinType() != JoinType.CROSS) {
      throw SqlRefusal.unsupported(
          Places.of(join),
          join.getJoinType() + " JOIN is not supported; supported is the inner join");
    }
    if (join.getLeft() instanceof SqlJoin || join.getRight() instanceof SqlJoin) {
      throw SqlRefusal.unsupported(Places.of(join), "more than two tables; " + SUPPORTED);
    }
    List<Table> tables = List.of(table(join.getLeft()), table(join.getRight()));
    requireTwoOwners(tables);
    if (tables.get(0).alias().equalsIgnoreCase(tables.get(1).alias())) {
      throw SqlRefusal.unsupported(
          tables.get(1).at(), "both tables are called " + tables.get(1).alias() + "; use aliases");
    }
    return switch (join.getConditionType()) {
      case ON -> new From(tables, Optional.ofNullable(join.getCondition()), List.of());
      case USING -> new From(tables, Optional.empty(), using(join));
      case NONE -> new From(tables, Optional.empty(), List.of());
    };
  }

  /** The table of a subquery beside the outer one, which is alone in its FROM. */
  List<Table> withInner(Table outer, SqlSelect inner) {
    SqlNode from = inner.getFrom();
    if (from == null || from instanceof SqlJoin) {
      throw SqlRefusal.unsupported(
          from == null ? Places.of(inner) : Places.of(from),
          "a subquery reads one table of another participant; " + ALONE);
    }
    List<Table> tables = List.of(outer, table(from));
    requireTwoOwners(tables);
    return tables;
  }

  /** FROM names one table, and nothing relates it to another. */
  static SqlRefusal alone(Table table) {
    return SqlRefusal.unsupported(
        table.at(), "one table alone is its owner's own business; " + ALONE);
  }

  private static void requireTwoOwners(List<Table> tables) {
    if (tables.get(0).product().owner().equals(tables.get(1).product().owner())) {
      throw SqlRefusal.unsupported(
          tables.get(1).at(),
          "both tables are "
              + tables.get(1).product().owner()
              + "'s own; join them in a view and publish that. "
              + SUPPORTED);
    }
  }

  private static List<SqlIdentifier> using(SqlJoin join) {
    List<SqlIdentifier> columns = new ArrayList<>();
    if (join.getCondition() instanceof SqlNodeList list) {
      for (SqlNode node : list) {
        columns.add((SqlIdentifier) node);
      }
    }
    return columns;
  }

  private Table table(SqlNode node) {
    SqlNode named = node;
    Optional<String> alias = Optional.empty();
    if (node.getKind() == SqlKind.AS) {
      SqlBasicCall as = (SqlBasicCall) node;
      if (as.operandCount() != 2) {
        throw SqlRefusal.unsupported(Places.of(node), "column aliases of a table");
      }
      named = as.operand(0);
      alias = Optional.of(((SqlIdentifier) as.operand(1)).getSimple());
    }
    if (!(named instanceof SqlIdentifier name)) {
      throw SqlRefusal.unsupported(Places.of(named), "subqueries are not supported; " + SUPPORTED);
    }
    Position at = Places.of(name);
    String written = String.join(".", name.names);
    if (name.names.size() != 2) {
      throw new SqlRefusal(
          "sql.unknownTable",
          at,
          "'"
              + written
              + "' is no table; tables are participant.table, here "
              + String.join(", ", catalog.names()));
    }
    Product product =
        catalog
            .find(name.names.get(0), name.names.get(1))
            .orElseThrow(() ->
                new SqlRefusal(
                    "sql.unknownTable",
                    at,
                    "no table '"
                        + written
                        + "'"
                        + Names.hint(written, catalog.names())
                        + (Names.nearest(written, catalog.names()).isEmpty()
                            ? "; there are " + String.join(", ", catalog.names())
                            : "")));
    return new Table(at, product, alias.orElse(product.name()));
  }
}
