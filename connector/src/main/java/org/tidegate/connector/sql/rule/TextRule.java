package org.tidegate.connector.sql.rule;

import java.util.List;
import org.tidegate.connector.sql.text.Lexer;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;
import org.tidegate.connector.sql.text.Statements;
import org.tidegate.connector.sql.text.Token;

/**
 * The text to one statement without its semicolon, refusing what parser and engine would read as
 * two different statements.
 */
public final class TextRule {
  private static final int MAX_TEXT = 100_000;

  private TextRule() {}

  /**
   * The statement's text; places in it are places in {@code sql}.
   *
   * @throws SqlRefusal {@code sql.syntax} or {@code sql.unsupported}, with line and column
   */
  public static String apply(String sql) {
    if (sql.length() > MAX_TEXT) {
      throw new SqlRefusal(
          "sql.syntax",
          Position.NONE,
          "the statement has " + sql.length() + " characters; at most " + MAX_TEXT);
    }
    List<Statements.Statement> statements = Statements.split(sql);
    if (statements.isEmpty()) {
      throw new SqlRefusal("sql.syntax", new Position(1, 1), "the statement is empty");
    }
    if (statements.size() > 1) {
      throw new SqlRefusal(
          "sql.syntax",
          statements.get(1).at(),
          "a second statement begins here, after a ';'; plan one statement at a time");
    }
    List<Token> tokens = Lexer.tokens(sql);
    tokens.forEach(TextRule::readAlike);
    for (int i = 1; i < tokens.size(); i++) {
      integerDivision(tokens.get(i - 1), tokens.get(i));
    }
    return tokens.stream()
        .filter(token -> token.isSymbol(';'))
        .filter(token -> token.offset() > first(tokens).offset())
        .findFirst()
        .map(token -> sql.substring(0, token.offset()))
        .orElse(sql);
  }

  private static Token first(List<Token> tokens) {
    return tokens.stream()
        .filter(token -> !token.isBlank() && !token.isSymbol(';'))
        .findFirst()
        .orElseThrow();
  }

  /** The parser ends a comment at its first end, the engine at its last. */
  private static void readAlike(Token token) {
    if (token.kind() == Token.Kind.BLOCK_COMMENT && token.text().indexOf("/*", 2) > 0) {
      throw SqlRefusal.unsupported(
          token.at(), "a comment inside a comment is not supported; supported is -- and one /* */");
    }
    boolean isPlain = token.kind() != Token.Kind.STRING || token.text().startsWith("'");
    if (!isPlain) {
      throw SqlRefusal.unsupported(
          token.at(), "text is written in single quotes, with '' for a quote in it");
    }
  }

  /** The parser takes two slashes as a comment, the engine as a division. */
  private static void integerDivision(Token before, Token token) {
    if (before.isSymbol('/') && token.isSymbol('/')) {
      throw SqlRefusal.unsupported(
          before.at(),
          "'//' is not supported; write FLOOR(a / b) for a division, and -- before a comment");
    }
  }
}
