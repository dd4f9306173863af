package org.tidegate.connector.catalog;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** What is wrong with a YAML text, in one line. */
public final class YamlProblem {
  private YamlProblem() {}

  /** The place, as an editor counts it, and the parser's problem. */
  public static String of(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String place =
        at == null || at.getLineNr() < 1
            ? ""
            : "line " + at.getLineNr() + ", column " + Math.max(1, at.getColumnNr()) + ": ";
    return place + problem(String.valueOf(e.getOriginalMessage()));
  }

  /**
   * The parser begins with what it was doing, quotes the text indented, and ends with the problem.
   */
  private static String problem(String message) {
    return message
        .lines()
        .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
        .reduce((first, later) -> later)
        .orElse("not readable");
  }
}
