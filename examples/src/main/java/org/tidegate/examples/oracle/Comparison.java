package org.tidegate.examples.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether two answers are the same: columns by name and type, rows as multisets unless the query
 * orders them, floating point to 1e-9 relative, everything else to the letter.
 */
public final class Comparison {
  private static final BigDecimal TOLERANCE = new BigDecimal("1e-9");

  private Comparison() {}

  /**
   * Compares.
   *
   * @param ordered whether the order of rows counts
   */
  public static boolean same(Oracle.Answer one, Oracle.Answer other, boolean ordered) {
    if (!one.columns().equals(other.columns()) || one.rows().size() != other.rows().size()) {
      return false;
    }
    List<List<@Nullable String>> left = ordered ? one.rows() : sorted(one.rows());
    List<List<@Nullable String>> right = ordered ? other.rows() : sorted(other.rows());
    for (int i = 0; i < left.size(); i++) {
      if (!sameRow(one.columns(), left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameRow(
      List<Map<String, String>> columns,
      List<@Nullable String> left,
      List<@Nullable String> right) {
    for (int i = 0; i < columns.size(); i++) {
      if (!sameValue(columns.get(i).getOrDefault("type", ""), left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameValue(String type, @Nullable String left, @Nullable String right) {
    if (left == null || right == null) {
      return left == null && right == null;
    }
    if (left.equals(right)) {
      return true;
    }
    boolean floating = type.equals("DOUBLE") || type.equals("FLOAT");
    return floating && close(left, right);
  }

  private static boolean close(String left, String right) {
    try {
      BigDecimal a = new BigDecimal(left);
      BigDecimal b = new BigDecimal(right);
      return a.subtract(b).abs().compareTo(a.abs().max(b.abs()).multiply(TOLERANCE)) <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static List<List<@Nullable String>> sorted(List<List<@Nullable String>> rows) {
    List<List<@Nullable String>> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(row -> String.valueOf(row)));
    return sorted;
  }
}
