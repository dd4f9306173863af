package org.tidegate.connector.sql.ir;

import java.util.List;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.text.Position;

/**
 * Aggregates over the equality join of two institutions' tables: all that is answered so far.
 *
 * @param tables the two tables, in the order of FROM
 * @param keys pairs of expressions that must be equal, the first over table 0, the second over
 *     table 1
 * @param filters conditions of one table each, by table
 * @param aggregates in the order of the select list
 * @param outputs expressions over the aggregates, one a result column
 */
public record JoinQuery(
    List<Table> tables,
    List<KeyPair> keys,
    List<List<Expr>> filters,
    List<Aggregate> aggregates,
    List<Expr> outputs) {
  /** Copies. */
  public JoinQuery {
    tables = List.copyOf(tables);
    keys = List.copyOf(keys);
    filters = filters.stream().map(List::copyOf).toList();
    aggregates = List.copyOf(aggregates);
    outputs = List.copyOf(outputs);
  }

  /**
   * A table of FROM.
   *
   * @param at where it stands
   * @param product what it is
   * @param alias what the statement calls it
   */
  public record Table(Position at, Product product, String alias) {}

  /** One equality between the tables. */
  public record KeyPair(Position at, Expr left, Expr right) {
    /** The side of table 0 or 1. */
    public Expr side(int table) {
      return table == 0 ? left : right;
    }
  }
}
