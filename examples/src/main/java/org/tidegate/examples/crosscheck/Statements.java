package org.tidegate.examples.crosscheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of SQL statements, each ended by a semicolon. */
public final class Statements {
  private static final Pattern TABLE =
      Pattern.compile(
          "\\b(?:from|join)\\s+\"?([A-Za-z_][A-Za-z0-9_]*)\"?\\s*\\.", Pattern.CASE_INSENSITIVE);

  private Statements() {}

  /**
   * The statements, without their semicolons. A semicolon inside quotes or a comment ends nothing;
   * line breaks are kept, so that a message's line is the line in the statement.
   */
  public static List<String> split(String text) {
    List<String> statements = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = tokenEnd(text, at);
      if (text.charAt(at) == ';' && end == at + 1) {
        add(statements, current);
      } else {
        current.append(text, at, end);
      }
      at = end;
    }
    add(statements, current);
    return statements;
  }

  /** The participant whose table is named first, or empty. */
  public static Optional<String> firstParticipant(String sql) {
    Matcher matcher = TABLE.matcher(sql);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static int tokenEnd(String text, int at) {
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      int close = text.indexOf(c, at + 1);
      return close < 0 ? text.length() : close + 1;
    }
    if (text.startsWith("--", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 2;
    }
    return at + 1;
  }

  private static void add(List<String> statements, StringBuilder current) {
    String statement = current.toString().strip();
    if (!statement.replaceAll("(?s)--[^\n]*|/\\*.*?\\*/", "").isBlank()) {
      statements.add(statement);
    }
    current.setLength(0);
  }
}
