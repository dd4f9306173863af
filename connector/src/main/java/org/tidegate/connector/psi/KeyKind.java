package org.tidegate.connector.psi;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a key column holds, and its canonical text: two values have the same text where they are the
 * same value. Text is itself, so a text {@code 7} equals a number 7, and a text {@code 07} or
 * {@code 7.0} does not.
 */
public enum KeyKind {
  /** Text and enumerations, as they are. */
  TEXT,
  /** Integers and decimals of any width: digits, no zeros at either end that say nothing. */
  NUMBER,
  /** {@code true} or {@code false}. */
  BOOLEAN,
  /** {@code 2026-01-31}. */
  DATE,
  /** {@code 09:30:00}, with the fraction of the second if there is one. */
  TIME,
  /** {@code 2026-01-31 09:30:00}, with the fraction of the second if there is one. */
  TIMESTAMP,
  /** A time stamp with a zone, as that moment in UTC: {@code 2026-01-31 08:30:00+00}. */
  INSTANT,
  /** In small letters. */
  UUID;

  private static final Set<String> INTEGERS =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT");
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

  /** The kind of a DuckDB type, or empty if its values cannot be keys. */
  static Optional<KeyKind> of(String type) {
    if (INTEGERS.contains(type) || DECIMAL.matcher(type).matches()) {
      return Optional.of(NUMBER);
    }
    if (type.startsWith("ENUM(") && type.endsWith(")")) {
      return Optional.of(TEXT);
    }
    return Optional.ofNullable(
        switch (type) {
          case "VARCHAR" -> TEXT;
          case "BOOLEAN" -> BOOLEAN;
          case "DATE" -> DATE;
          case "TIME" -> TIME;
          case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> TIMESTAMP;
          case "TIMESTAMP WITH TIME ZONE" -> INSTANT;
          case "UUID" -> UUID;
          default -> null;
        });
  }

  /** DuckDB text of the canonical text of {@code column}, which is of {@code type}; NULL stays. */
  static String canonical(String column, String type) {
    if (type.equals("VARCHAR")) {
      return column;
    }
    String text = "CAST(" + column + " AS VARCHAR)";
    Matcher decimal = DECIMAL.matcher(type);
    if (!decimal.matches() || decimal.group(2).equals("0")) {
      return text;
    }
    if (decimal.group(1).equals(decimal.group(2))) {
      // A type without digits before the point is printed without the zero there.
      text = "regexp_replace(" + text + ", '^(-?)\\.', '\\10.')";
    }
    return "rtrim(rtrim(" + text + ", '0'), '.')";
  }

  /** Whether a value of this kind can equal one of the other. */
  public boolean matches(KeyKind other) {
    return this == other || this == TEXT || other == TEXT;
  }

  /** As it is said to people. */
  @Override
  public String toString() {
    return switch (this) {
      case INSTANT -> "time stamp with zone";
      case TIMESTAMP -> "time stamp";
      case UUID -> "UUID";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }
}
