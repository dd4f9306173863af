package org.tidegate.ledger.records;

import java.util.ArrayList;
import java.util.List;

/**
 * A recursive-descent reader of the JSON subset, bounded in depth; the caller bounds the length.
 * Duplicate keys, null, fractions and exponents are refused with their position.
 */
final class JsonParser {
  private final String text;
  private int at;

  JsonParser(String text) {
    this.text = text;
  }

  JsonObject parse() {
    skipSpace();
    if (at >= text.length() || text.charAt(at) != '{') {
      throw error("expected an object");
    }
    Object value = value(0);
    skipSpace();
    if (at != text.length()) {
      throw error("expected the end");
    }
    return (JsonObject) value;
  }

  private Object value(int depth) {
    if (depth > CanonicalJson.MAX_DEPTH) {
      throw error("nested deeper than " + CanonicalJson.MAX_DEPTH);
    }
    skipSpace();
    char c = peek();
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> throw error("null is not allowed: leave the field out");
      default -> number();
    };
  }

  private JsonObject object(int depth) {
    JsonObject.Builder builder = JsonObject.builder();
    at++;
    skipSpace();
    if (peek() == '}') {
      at++;
      return builder.build();
    }
    while (true) {
      skipSpace();
      if (peek() != '"') {
        throw error("expected a field name in quotes");
      }
      int start = at;
      String key = string();
      skipSpace();
      expect(':');
      Object value = value(depth + 1);
      try {
        builder.put(key, value);
      } catch (RecordException e) {
        at = start;
        throw error(String.valueOf(e.getMessage()));
      }
      skipSpace();
      if (peek() == ',') {
        at++;
      } else {
        expect('}');
        return builder.build();
      }
    }
  }

  private List<Object> list(int depth) {
    List<Object> elements = new ArrayList<>();
    at++;
    skipSpace();
    if (peek() == ']') {
      at++;
      return List.of();
    }
    while (true) {
      elements.add(value(depth + 1));
      skipSpace();
      if (peek() == ',') {
        at++;
      } else {
        expect(']');
        return List.copyOf(elements);
      }
    }
  }

  private String string() {
    at++;
    int plain = at;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    if (plain < text.length() && text.charAt(plain) == '"') {
      String string = text.substring(at, plain);
      at = plain + 1;
      return string;
    }
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return out.toString();
      } else if (c < 0x20) {
        at--;
        throw error("control character in a string");
      } else if (c == '\\') {
        char escape = peek();
        at++;
        switch (escape) {
          case '"', '\\', '/' -> out.append(escape);
          case 'b' -> out.append('\b');
          case 't' -> out.append('\t');
          case 'n' -> out.append('\n');
          case 'f' -> out.append('\f');
          case 'r' -> out.append('\r');
          case 'u' -> out.append(codeUnit());
          default -> throw error("unknown escape '\\" + escape + "'");
        }
      } else {
        out.append(c);
      }
    }
  }

  private static boolean isPlain(char c) {
    return c >= 0x20 && c != '"' && c != '\\';
  }

  private char codeUnit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw error("expected four hexadecimal digits");
      }
      unit = unit << 4 | digit;
      at++;
    }
    return (char) unit;
  }

  private Long number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int digits = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int count = at - digits;
    if (count == 0) {
      throw error("expected a value");
    }
    if (count > 16 || (count > 1 && text.charAt(digits) == '0')) {
      at = start;
      throw error("integer too large or with a leading zero; write large numbers as strings");
    }
    if (at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0) {
      throw error("only integers are allowed; write other numbers as strings");
    }
    long value = Long.parseLong(text.substring(start, at));
    if (Math.abs(value) >= JsonObject.NUMBER_LIMIT) {
      at = start;
      throw error("integer too large; write it as a string");
    }
    return value;
  }

  private Object literal(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw error("expected a value");
    }
    at += word.length();
    return value;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw error("expected '" + c + "'");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw error("the text ends too early");
    }
    return text.charAt(at);
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private RecordException error(String message) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(at, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new RecordException("JSON, line " + line + ", column " + column + ": " + message);
  }
}
