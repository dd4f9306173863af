package org.tidegate.connector.sql.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A text's tokens, as DuckDB reads them: strings double their quote, or have a backslash before it
 * in {@code E'…'}; names in double quotes double theirs; dollar quotes hold anything; block
 * comments nest. It refuses nothing: what is left open ends with the text.
 */
public final class Lexer {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int line = 1;
  private int lineStart;

  private Lexer(String text) {
    this.text = text;
  }

  /** All tokens, in order; their texts joined are {@code text}. */
  public static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    int at = 0;
    while (at < text.length()) {
      at = lexer.next(at);
    }
    return List.copyOf(lexer.tokens);
  }

  private int next(int at) {
    char c = text.charAt(at);
    if (Character.isWhitespace(c)) {
      int end = at + 1;
      while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      return add(Token.Kind.SPACE, at, end);
    }
    if (text.startsWith("--", at)) {
      return add(Token.Kind.LINE_COMMENT, at, lineEnd(at));
    }
    if (text.startsWith("/*", at)) {
      return add(Token.Kind.BLOCK_COMMENT, at, commentEnd(at));
    }
    if (c == '\'') {
      return add(Token.Kind.STRING, at, quoteEnd(at, '\'', false));
    }
    if ((c == 'e' || c == 'E') && text.startsWith("'", at + 1)) {
      return add(Token.Kind.STRING, at, quoteEnd(at + 1, '\'', true));
    }
    if (c == '"') {
      return add(Token.Kind.QUOTED_NAME, at, quoteEnd(at, '"', false));
    }
    if (c == '$') {
      int end = dollarEnd(at);
      return end > 0 ? add(Token.Kind.STRING, at, end) : add(Token.Kind.SYMBOL, at, at + 1);
    }
    if (isWordPart(c)) {
      int end = at + 1;
      while (end < text.length() && (isWordPart(text.charAt(end)) || text.charAt(end) == '$')) {
        end++;
      }
      return add(Token.Kind.WORD, at, end);
    }
    return add(Token.Kind.SYMBOL, at, at + 1);
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }

  private int lineEnd(int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int commentEnd(int at) {
    int depth = 1;
    int end = at + 2;
    while (depth > 0 && end < text.length()) {
      if (text.startsWith("/*", end)) {
        depth++;
        end += 2;
      } else if (text.startsWith("*/", end)) {
        depth--;
        end += 2;
      } else {
        end++;
      }
    }
    return end;
  }

  private int quoteEnd(int at, char quote, boolean escapes) {
    int end = at + 1;
    while (end < text.length()) {
      char c = text.charAt(end);
      if (escapes && c == '\\') {
        end += 2;
      } else if (c != quote) {
        end++;
      } else if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
        end += 2;
      } else {
        return end + 1;
      }
    }
    return text.length();
  }

  /** The end of {@code $tag$ … $tag$}, or −1 where no tag begins. */
  private int dollarEnd(int at) {
    int close = at + 1;
    while (close < text.length() && isWordPart(text.charAt(close))) {
      close++;
    }
    boolean isTag =
        close < text.length()
            && text.charAt(close) == '$'
            && (close == at + 1 || !Character.isDigit(text.charAt(at + 1)));
    if (!isTag) {
      return -1;
    }
    String tag = text.substring(at, close + 1);
    int end = text.indexOf(tag, close + 1);
    return end < 0 ? text.length() : end + tag.length();
  }

  private int add(Token.Kind kind, int from, int to) {
    tokens.add(
        new Token(kind, text.substring(from, to), from, new Position(line, from - lineStart + 1)));
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return to;
  }
}
