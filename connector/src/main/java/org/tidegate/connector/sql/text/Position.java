package org.tidegate.connector.sql.text;

/**
 * A place in the text.
 *
 * @param line from 1; 0 where there is none
 * @param column from 1; 0 where there is none
 */
public record Position(int line, int column) {
  /** No place in particular. */
  public static final Position NONE = new Position(0, 0);
}
