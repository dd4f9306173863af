package org.tidegate.connector.sql.ir;

import java.util.Optional;
import org.tidegate.connector.sql.text.Position;

/**
 * One aggregate of the select list.
 *
 * @param at where it stands
 * @param kind which
 * @param argument what it is over; empty for COUNT(*)
 */
public record Aggregate(Position at, Kind kind, Optional<Expr> argument) {
  /** The aggregates there are. */
  public enum Kind {
    /** COUNT(*). */
    COUNT_ROWS,
    /** COUNT(x): the rows where x is not NULL. */
    COUNT,
    /** SUM(x): NULL where there is nothing to sum. */
    SUM,
    /** AVG(x), a DOUBLE: NULL where there is nothing to average. */
    AVG
  }
}
