package org.tidegate.connector.cli;

import java.nio.file.Path;
import java.util.OptionalInt;

/** A command that ends with a message and an exit code. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exit;
  private final String code;
  private final int line;
  private final int column;

  /**
   * @param exit see {@link Exit}
   * @param code the error code in machine output, such as {@code cli.file}
   * @param message what is wrong, where, what to do
   */
  public CommandException(int exit, String code, String message) {
    this(exit, code, message, 0, 0);
  }

  /**
   * @param exit see {@link Exit}
   * @param code the error code in machine output
   * @param message what is wrong, where, what to do
   * @param line line of the SQL text, from 1, or 0
   * @param column column of the SQL text, from 1, or 0
   */
  public CommandException(int exit, String code, String message, int line, int column) {
    super(message);
    this.exit = exit;
    this.code = code;
    this.line = line;
    this.column = column;
  }

  /** The same about a file that the user gave. */
  CommandException in(Path file) {
    return new CommandException(exit, code, file + ": " + getMessage(), line, column);
  }

  /** The exit code. */
  public int exit() {
    return exit;
  }

  /** The error code. */
  public String code() {
    return code;
  }

  /** What is wrong, where, what to do. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** Line of the SQL text, or empty. */
  public OptionalInt line() {
    return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
  }

  /** Column of the SQL text, or empty. */
  public OptionalInt column() {
    return column > 0 ? OptionalInt.of(column) : OptionalInt.empty();
  }
}
