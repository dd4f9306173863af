package org.tidegate.connector.sql.text;

/**
 * A piece of a text.
 *
 * @param kind what it is
 * @param text as written, quotes and comment marks included
 * @param offset where it begins, in characters from 0
 * @param at where it begins, for people
 */
public record Token(Kind kind, String text, int offset, Position at) {
  /** The kinds of tokens. */
  public enum Kind {
    /** White space. */
    SPACE,
    /** {@code -- …} to the end of the line, without it. */
    LINE_COMMENT,
    /** A comment between slash-star and star-slash, which may hold others. */
    BLOCK_COMMENT,
    /** A name, a keyword or a number. */
    WORD,
    /** A name in double quotes. */
    QUOTED_NAME,
    /** Text in single quotes, or between dollar quotes. */
    STRING,
    /** Anything else, one character. */
    SYMBOL
  }

  /** Whether it means nothing. */
  public boolean isBlank() {
    return kind == Kind.SPACE || kind == Kind.LINE_COMMENT || kind == Kind.BLOCK_COMMENT;
  }

  /** Whether it is this keyword, in any case. */
  public boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /** Whether it is this one character. */
  public boolean isSymbol(char symbol) {
    return kind == Kind.SYMBOL && text.charAt(0) == symbol;
  }

  /** The name that it spells: without quotes, doubled ones single. */
  public String name() {
    if (kind != Kind.QUOTED_NAME) {
      return text;
    }
    int end = text.length() > 1 && text.endsWith("\"") ? text.length() - 1 : text.length();
    return text.substring(1, end).replace("\"\"", "\"");
  }
}
