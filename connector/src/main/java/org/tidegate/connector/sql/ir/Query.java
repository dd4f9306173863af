package org.tidegate.connector.sql.ir;

import java.util.List;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.sql.text.Position;

/** What a statement asks of two institutions' tables, related by equal keys. */
public sealed interface Query permits JoinQuery, MatchQuery {
  /** The two tables, in the order of the text. */
  List<Table> tables();

  /** Pairs of expressions that must be equal, the first over table 0, the second over table 1. */
  List<KeyPair> keys();

  /** Conditions of one table each, by table. */
  List<List<Expr>> filters();

  /** What the keys relate. */
  Form form();

  /** How two tables are related. */
  enum Form {
    /** Every pair of rows with equal keys. */
    JOIN,
    /** IN or EXISTS: every row of table 0 whose key table 1 has, once. */
    SEMI_JOIN
  }

  /**
   * A table of FROM.
   *
   * @param at where it stands
   * @param product what it is
   * @param alias what the statement calls it
   */
  record Table(Position at, Product product, String alias) {}

  /** One equality between the tables. */
  record KeyPair(Position at, Expr left, Expr right) {
    /** The side of table 0 or 1. */
    public Expr side(int table) {
      return table == 0 ? left : right;
    }
  }
}
