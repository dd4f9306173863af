package org.tidegate.connector.sql.ir;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidegate.connector.sql.text.Position;

/** A scalar expression with its names resolved. */
public sealed interface Expr {
  /** Where it stands in the text. */
  Position at();

  /** Its operands, left to right. */
  List<Expr> operands();

  /** This and all below it. */
  default Stream<Expr> tree() {
    return Stream.concat(Stream.of(this), operands().stream().flatMap(Expr::tree));
  }

  /** The columns in it. */
  default Stream<ColumnRef> columns() {
    return tree().filter(ColumnRef.class::isInstance).map(ColumnRef.class::cast);
  }

  /**
   * A column of one of the two tables.
   *
   * @param table 0 or 1, in the order of FROM
   * @param name as the product spells it
   */
  record ColumnRef(Position at, int table, String name) implements Expr {
    @Override
    public List<Expr> operands() {
      return List.of();
    }
  }

  /**
   * A constant.
   *
   * @param text as DuckDB reads it, such as {@code 'a''b'}, {@code 1.50}, {@code DATE '2026-01-01'}
   */
  record Literal(Position at, String text) implements Expr {
    @Override
    public List<Expr> operands() {
      return List.of();
    }
  }

  /**
   * An operator or function.
   *
   * @param template DuckDB text with {@code %s} for each operand, already in parentheses
   */
  record Call(Position at, String template, List<Expr> operands) implements Expr {
    /** Copies. */
    public Call {
      operands = List.copyOf(operands);
    }
  }

  /**
   * CASE WHEN … THEN … ELSE … END.
   *
   * @param branches condition, value, condition, value, …
   */
  record Case(Position at, List<Expr> branches, Optional<Expr> otherwise) implements Expr {
    /** Copies. */
    public Case {
      branches = List.copyOf(branches);
    }

    @Override
    public List<Expr> operands() {
      return Stream.concat(branches.stream(), otherwise.stream()).toList();
    }
  }

  /**
   * The value of an aggregate, in the select list.
   *
   * @param index into the query's aggregates
   */
  record AggregateRef(Position at, int index) implements Expr {
    @Override
    public List<Expr> operands() {
      return List.of();
    }
  }
}
