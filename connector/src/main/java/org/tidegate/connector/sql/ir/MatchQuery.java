package org.tidegate.connector.sql.ir;

import java.util.List;
import java.util.OptionalLong;
import org.tidegate.connector.sql.text.Position;

/**
 * Rows of one table: those whose key the other table has.
 *
 * @param tables the two tables, in the order of the text
 * @param keys pairs of expressions that must be equal, the first over table 0, the second over
 *     table 1
 * @param filters conditions of one table each, by table
 * @param form what the keys relate
 * @param selected the table whose rows are asked for
 * @param outputs expressions over it, one a result column
 * @param order by what the rows are sorted; empty: not at all
 * @param limit the most rows
 * @param offset rows left out at the start
 */
public record MatchQuery(
    List<Table> tables,
    List<KeyPair> keys,
    List<List<Expr>> filters,
    Form form,
    int selected,
    List<Expr> outputs,
    List<SortKey> order,
    OptionalLong limit,
    OptionalLong offset)
    implements Query {
  /** Copies. */
  public MatchQuery {
    tables = List.copyOf(tables);
    keys = List.copyOf(keys);
    filters = filters.stream().map(List::copyOf).toList();
    outputs = List.copyOf(outputs);
    order = List.copyOf(order);
  }

  /** The table that is only looked up in. */
  public int other() {
    return 1 - selected;
  }

  /**
   * One expression of ORDER BY.
   *
   * @param at where it stands
   * @param value over the selected table
   * @param direction ascending or descending
   * @param nulls where NULLs go
   */
  public record SortKey(Position at, Expr value, Direction direction, Nulls nulls) {}

  /** Which way rows are sorted. */
  public enum Direction {
    /** The least first. */
    ASC,
    /** The greatest first. */
    DESC
  }

  /** Where NULLs go. */
  public enum Nulls {
    /** Before all else. */
    FIRST,
    /** After all else, as DuckDB does where nothing is said. */
    LAST
  }
}
