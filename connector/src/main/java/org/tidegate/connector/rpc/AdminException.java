package org.tidegate.connector.rpc;

import org.jspecify.annotations.Nullable;

/** A request of an administrator that was not done. The message is for people. */
public final class AdminException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String code;
  private final int line;
  private final int column;

  /** Why it was not done; decides the caller's exit code. */
  public enum Kind {
    /** The request itself is wrong. */
    BAD_INPUT,
    /** Policy, grant or SQL rules say no. */
    REFUSED,
    /** Peer, network or ledger failed. */
    ABORTED
  }

  /** Something is wrong in a text, at line and column from 1, or 0 where there is no place. */
  public AdminException(
      Kind kind, String code, int line, int column, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
    this.line = line;
    this.column = column;
  }

  /** Something is wrong. */
  public AdminException(Kind kind, String code, String message, @Nullable Throwable cause) {
    this(kind, code, 0, 0, message, cause);
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }

  /** The error code. */
  public String code() {
    return code;
  }

  /** Line of the text it is about, from 1, or 0. */
  public int line() {
    return line;
  }

  /** Column of the text it is about, from 1, or 0. */
  public int column() {
    return column;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
