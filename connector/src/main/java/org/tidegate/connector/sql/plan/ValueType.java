package org.tidegate.connector.sql.plan;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How values of a DuckDB type become integers: value = integer · 10^−scale, or integer · 2^−1074
 * for doubles, every one of which is such a multiple.
 *
 * @param magnitudeBits bits of the largest magnitude of one value
 * @param scale decimal digits behind the point
 * @param isDouble whether it is floating point
 */
record ValueType(int magnitudeBits, int scale, boolean isDouble) {
  /** The exponent of the least double, and so of every double's unit. */
  static final int DOUBLE_UNIT_BITS = 1074;

  /** Doubles are below 2^1024. */
  private static final int DOUBLE_MAGNITUDE_BITS = 1024 + DOUBLE_UNIT_BITS;

  private static final Map<String, Integer> INTEGERS =
      Map.of(
          "BOOLEAN",
          1,
          "TINYINT",
          8,
          "SMALLINT",
          16,
          "INTEGER",
          32,
          "BIGINT",
          64,
          "HUGEINT",
          128,
          "UTINYINT",
          8,
          "USMALLINT",
          16,
          "UINTEGER",
          32,
          "UBIGINT",
          64);

  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

  /** The integers of a type that can be summed, or empty. */
  static Optional<ValueType> of(String type) {
    Integer bits = INTEGERS.get(type);
    if (bits != null) {
      return Optional.of(new ValueType(bits, 0, false));
    }
    if (type.equals("UHUGEINT")) {
      return Optional.of(new ValueType(128, 0, false));
    }
    if (type.equals("DOUBLE") || type.equals("FLOAT")) {
      return Optional.of(new ValueType(DOUBLE_MAGNITUDE_BITS, 0, true));
    }
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      int precision = Integer.parseInt(decimal.group(1));
      return Optional.of(
          new ValueType(
              BigInteger.TEN.pow(precision).bitLength(),
              Integer.parseInt(decimal.group(2)),
              false));
    }
    return Optional.empty();
  }
}
