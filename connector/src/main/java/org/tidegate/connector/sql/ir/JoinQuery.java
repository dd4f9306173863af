package org.tidegate.connector.sql.ir;

import java.util.List;

/**
 * Aggregates over two institutions' tables.
 *
 * @param tables the two tables, in the order of FROM
 * @param keys pairs of expressions that must be equal, the first over table 0, the second over
 *     table 1
 * @param filters conditions of one table each, by table
 * @param form what the keys relate; of a semi-join, all aggregates are over table 0
 * @param aggregates in the order of the select list
 * @param outputs expressions over the aggregates, one a result column
 */
public record JoinQuery(
    List<Table> tables,
    List<KeyPair> keys,
    List<List<Expr>> filters,
    Form form,
    List<Aggregate> aggregates,
    List<Expr> outputs)
    implements Query {
  /** Copies. */
  public JoinQuery {
    tables = List.copyOf(tables);
    keys = List.copyOf(keys);
    filters = filters.stream().map(List::copyOf).toList();
    aggregates = List.copyOf(aggregates);
    outputs = List.copyOf(outputs);
  }
}
