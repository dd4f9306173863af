package org.tidegate.connector.sql.plan;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.SqlRefusal;

/**
 * Join keys as canonical text: two keys have the same text where DuckDB's {@code =} holds between
 * them, and no other two have.
 *
 * <p>Integers are their decimal digits; decimals too, with the larger scale of the two sides;
 * dates, times, UUIDs and booleans as DuckDB prints them; text as it is; bytes in hexadecimal.
 * Several keys stand one after the other, each behind its length.
 */
final class KeyText {
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

  private static final Set<String> PRINTED =
      Set.of(
          "VARCHAR",
          "DATE",
          "TIME",
          "TIMESTAMP",
          "TIMESTAMP_S",
          "TIMESTAMP_MS",
          "TIMESTAMP_NS",
          "UUID",
          "BOOLEAN");

  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

  /** The most digits of a decimal. */
  private static final int MAX_DIGITS = 38;

  private KeyText() {}

  /**
   * The texts of one pair of keys.
   *
   * @param left DuckDB text of the first side's expression, of type {@code leftType}
   * @return the two sides' texts
   * @throws SqlRefusal where the types do not compare as one
   */
  static List<String> pair(
      String left, String leftType, String right, String rightType, Position at) {
    if (isNumber(leftType) && isNumber(rightType)) {
      int scale = Math.max(scale(leftType), scale(rightType));
      return List.of(number(left, leftType, scale), number(right, rightType, scale));
    }
    if (leftType.equals(rightType) && PRINTED.contains(leftType)) {
      return List.of(printed(left), printed(right));
    }
    if (leftType.equals(rightType) && leftType.equals("BLOB")) {
      return List.of("hex(" + left + ")", "hex(" + right + ")");
    }
    throw new SqlRefusal(
        "sql.type",
        at,
        "keys of types "
            + leftType
            + " and "
            + rightType
            + " do not join; supported are two integers or decimals, or two of one type among"
            + " VARCHAR, DATE, TIME, TIMESTAMP, UUID, BOOLEAN, BLOB; CAST one side");
  }

  /** One text of several. */
  static String join(List<String> texts) {
    if (texts.size() == 1) {
      return texts.getFirst();
    }
    return texts.stream()
        .map(text -> "strlen(" + text + ") || ':' || " + text)
        .reduce((first, second) -> first + " || " + second)
        .orElseThrow();
  }

  private static boolean isNumber(String type) {
    return INTEGERS.contains(type) || DECIMAL.matcher(type).matches();
  }

  private static int scale(String type) {
    Matcher decimal = DECIMAL.matcher(type);
    return decimal.matches() ? Integer.parseInt(decimal.group(2)) : 0;
  }

  private static String number(String expression, String type, int scale) {
    // Digits are appended as text, because a cast to the larger scale may not fit.
    int missing = scale - scale(type);
    String text = printed(isFraction(type) ? widened(expression, type) : expression);
    if (missing == 0) {
      return text;
    }
    return text + " || '" + (scale(type) == 0 ? "." : "") + "0".repeat(missing) + "'";
  }

  /** Whether there is no digit before the point: DuckDB prints .50 then, and 0.50 for others. */
  private static boolean isFraction(String type) {
    Matcher decimal = DECIMAL.matcher(type);
    return decimal.matches() && decimal.group(1).equals(decimal.group(2));
  }

  private static String widened(String expression, String type) {
    int scale = scale(type);
    if (scale < MAX_DIGITS) {
      return "CAST(" + expression + " AS DECIMAL(" + (scale + 1) + "," + scale + "))";
    }
    // There is no wider type: put the digit there as text.
    return "regexp_replace(" + printed(expression) + ", '^(-?)[.]', '\\10.')";
  }

  private static String printed(String expression) {
    return "CAST(" + expression + " AS VARCHAR)";
  }
}
