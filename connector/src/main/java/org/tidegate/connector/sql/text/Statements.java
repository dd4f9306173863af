package org.tidegate.connector.sql.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A text of SQL statements with semicolons between. */
public final class Statements {
  private Statements() {}

  /**
   * One statement.
   *
   * @param sql its text without the semicolon; line breaks are kept, so that a line in a message is
   *     a line of this text
   * @param at where it begins in the text it was taken from
   */
  public record Statement(String sql, Position at) {
    /** A place in this statement as a place in the text it was taken from. */
    public Position inText(Position inStatement) {
      return inStatement.line() == 1
          ? new Position(at.line(), at.column() + inStatement.column() - 1)
          : new Position(at.line() + inStatement.line() - 1, inStatement.column());
    }
  }

  /**
   * The statements of a text. A semicolon in quotes or in a comment ends nothing, and what holds
   * nothing but comments is no statement.
   */
  public static List<Statement> split(String text) {
    List<Statement> statements = new ArrayList<>();
    List<Token> current = new ArrayList<>();
    for (Token token : Lexer.tokens(text)) {
      if (token.isSymbol(';')) {
        add(statements, current);
      } else {
        current.add(token);
      }
    }
    add(statements, current);
    return List.copyOf(statements);
  }

  private static void add(List<Statement> statements, List<Token> tokens) {
    if (!tokens.stream().allMatch(Token::isBlank)) {
      int first = tokens.getFirst().kind() == Token.Kind.SPACE ? 1 : 0;
      StringBuilder sql = new StringBuilder();
      tokens.subList(first, tokens.size()).forEach(token -> sql.append(token.text()));
      statements.add(new Statement(sql.toString().stripTrailing(), tokens.get(first).at()));
    }
    tokens.clear();
  }

  /**
   * The participant whose table FROM names first, or empty. The FROM of {@code EXTRACT(YEAR FROM
   * x)} stands in parentheses and is none; nor is one in quotes or in a comment.
   */
  public static Optional<String> firstParticipant(String sql) {
    List<Token> tokens = Lexer.tokens(sql).stream().filter(token -> !token.isBlank()).toList();
    int from = atTop(tokens, "FROM");
    return from < 0 ? Optional.empty() : named(tokens, from + 1);
  }

  /**
   * What {@code EXPLAIN statement} explains, or empty for another statement. Blanks stand where the
   * word stood, so that places in messages hold.
   */
  public static Optional<String> explained(String sql) {
    StringBuilder rest = new StringBuilder();
    boolean isExplain = false;
    boolean isFirst = true;
    for (Token token : Lexer.tokens(sql)) {
      if (isFirst && !token.isBlank()) {
        isFirst = false;
        isExplain = token.isWord("EXPLAIN");
        rest.append(isExplain ? " ".repeat(token.text().length()) : token.text());
      } else {
        rest.append(token.text());
      }
    }
    return isExplain ? Optional.of(rest.toString()) : Optional.empty();
  }

  /** Whether a statement orders its rows, as far as its outermost text says so. */
  public static boolean isOrdered(String sql) {
    return atTop(Lexer.tokens(sql), "ORDER") >= 0;
  }

  /** The index of a keyword outside of parentheses, or −1. */
  private static int atTop(List<Token> tokens, String word) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.isSymbol('(') ? 1 : token.isSymbol(')') ? -1 : 0;
      if (depth == 0 && token.isWord(word)) {
        return i;
      }
    }
    return -1;
  }

  /** The schema of a table's name. Participants are lower case, and SQL names have any case. */
  private static Optional<String> named(List<Token> tokens, int at) {
    if (at + 1 >= tokens.size() || !tokens.get(at + 1).isSymbol('.')) {
      return Optional.empty();
    }
    Token schema = tokens.get(at);
    return schema.kind() == Token.Kind.WORD || schema.kind() == Token.Kind.QUOTED_NAME
        ? Optional.of(schema.name().toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
