package org.tidegate.connector.sql.text;

/** A statement that is not answered, with the place in its text and what is supported. */
public final class SqlRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;
  private final int line;
  private final int column;

  /**
   * @param code {@code sql.syntax}, {@code sql.unknownTable}, {@code sql.unknownColumn}, {@code
   *     sql.ambiguousColumn}, {@code sql.unsupported}, {@code sql.type}, {@code sql.overflow},
   *     {@code sql.parameters}
   * @param at where in the text
   * @param message what, and what to do
   */
  public SqlRefusal(String code, Position at, String message) {
    super(message);
    this.code = code;
    this.line = at.line();
    this.column = at.column();
  }

  /** What is not supported, and what is. */
  public static SqlRefusal unsupported(Position at, String message) {
    return new SqlRefusal("sql.unsupported", at, message);
  }

  /** The code, for machines. */
  public String code() {
    return code;
  }

  /** The line in the statement, from 1; 0 where no place can be named. */
  public int line() {
    return line;
  }

  /** The column in the line, from 1; 0 where no place can be named. */
  public int column() {
    return column;
  }
}
