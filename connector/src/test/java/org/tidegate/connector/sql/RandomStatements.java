package org.tidegate.connector.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random statements over the differential test's tables. */
final class RandomStatements {
  private RandomStatements() {}

  /** A statement that is answered over tables with so many key columns. */
  static String statement(int keys, List<Boolean> unique, Random random) {
    List<String> alias = List.of("l", "f");
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      outputs.add(output(alias, unique, random));
    }
    List<String> equalities = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      equalities.add(
          random.nextBoolean() ? "l.k" + i + " = f.k" + i : "f.K" + i + " = l.\"k" + i + "\"");
    }
    List<String> filters = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      filters.add(filter(alias.get(random.nextInt(2)), random));
    }
    String select = "SELECT " + String.join(", ", outputs);
    switch (random.nextInt(3)) {
      case 0 -> {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
          names.add("k" + i);
        }
        return select
            + " FROM bank.loans l JOIN tax.filings AS f USING ("
            + String.join(", ", names)
            + ")"
            + (filters.isEmpty() ? "" : " WHERE " + String.join(" AND ", filters));
      }
      case 1 -> {
        equalities.addAll(filters);
        return select
            + " FROM bank.loans l, tax.filings f WHERE "
            + String.join(" AND ", equalities);
      }
      default -> {
        return select
            + "\nFROM Bank.Loans AS l INNER JOIN tax.filings f\n  ON "
            + String.join(" AND ", equalities)
            + (filters.isEmpty() ? "" : "\nWHERE " + String.join("\n  AND ", filters));
      }
    }
  }

  /**
   * A statement that must be refused.
   *
   * @param sql its text
   * @param code how its code begins
   * @param why what is wrong with it
   */
  record Refused(String sql, String code, String why) {}

  /**
   * A statement of two tables with so many key columns, made wrong in one way. Where neither side
   * is unique, or only the side whose values are asked for, it is wrong without more.
   */
  static Refused refused(int keys, List<Boolean> unique, Random random) {
    String join = join(keys);
    String sum = "SUM(" + (random.nextBoolean() ? "l" : "f") + ".v3)";
    if (!unique.get(0) && !unique.get(1)) {
      String aggregate = List.of("COUNT(*)", sum, "COUNT(f.v6)").get(random.nextInt(3));
      return new Refused("SELECT " + aggregate + join, "sql.unsupported", "unique on neither side");
    }
    if (!unique.get(0).equals(unique.get(1)) && random.nextInt(3) == 0) {
      String side = unique.get(0) ? "l" : "f";
      String aggregate =
          List.of("SUM(" + side + ".v0)", "AVG(" + side + ".v3)", "COUNT(" + side + ".v2)")
              .get(random.nextInt(3));
      return new Refused(
          "SELECT " + aggregate + join, "sql.unsupported", "the other side repeats its keys");
    }
    String good = "SELECT COUNT(*)" + join;
    String both = filter("l", random) + " OR " + filter("f", random);
    return switch (random.nextInt(16)) {
      case 0 -> unsupported("SELECT SUM(l.v0 + f.v0)" + join, "values of both sides");
      case 1 -> unsupported(good + " AND l.v0 > f.v0", "a comparison of both sides");
      case 2 -> unsupported(good + " AND (" + both + ")", "OR over both sides");
      case 3 -> unsupported(good + " GROUP BY l.v6", "GROUP BY");
      case 4 -> unsupported(good + " ORDER BY 1", "ORDER BY");
      case 5 -> unsupported(good + " LIMIT " + random.nextInt(9), "LIMIT");
      case 6 -> unsupported("SELECT DISTINCT COUNT(*)" + join, "DISTINCT");
      case 7 -> unsupported("SELECT MAX(l.v0)" + join, "MAX");
      case 8 -> unsupported("SELECT COUNT(DISTINCT l.v6)" + join, "COUNT(DISTINCT)");
      case 9 -> unsupported("SELECT l.v6, COUNT(*)" + join, "a row's value");
      case 10 -> unsupported(good.replace("JOIN", "LEFT JOIN"), "LEFT JOIN");
      case 11 -> unsupported(good + " AND l.v6 = (SELECT 'north')", "a subquery");
      case 12 -> unsupported("SELECT COUNT(*) FROM bank.loans l, tax.filings f", "no equality");
      case 13 -> new Refused(good + " AND l.v99 = 1", "sql.unknownColumn", "no such column");
      case 14 ->
          new Refused(good.replace("filings", "filing"), "sql.unknownTable", "no such table");
      default ->
          new Refused(
              "SELECT SUM(" + (unique.get(0) ? "f" : "l") + ".v6)" + join,
              "sql.type",
              "a sum of text");
    };
  }

  private static Refused unsupported(String sql, String why) {
    return new Refused(sql, "sql.unsupported", why);
  }

  private static String join(int keys) {
    StringBuilder join = new StringBuilder(" FROM bank.loans l JOIN tax.filings f ON l.k0 = f.k0");
    for (int i = 1; i < keys; i++) {
      join.append(" AND l.k").append(i).append(" = f.k").append(i);
    }
    return join.toString();
  }

  private static String output(List<String> alias, List<Boolean> unique, Random random) {
    String aggregate = aggregate(alias, unique, random);
    return switch (random.nextInt(8)) {
      case 0 -> aggregate + " AS \"an answer\"";
      case 1 -> "COALESCE(" + aggregate + ", 0) AS x";
      case 2 -> aggregate + " * 2";
      case 3 -> "CASE WHEN COUNT(1) > 3 THEN " + aggregate + " END AS c";
      case 4 -> aggregate + " IS NULL AS is_null";
      default -> aggregate;
    };
  }

  private static String aggregate(List<String> alias, List<Boolean> unique, Random random) {
    List<Integer> sides = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      if (unique.get(1 - side)) {
        sides.add(side);
      }
    }
    if (sides.isEmpty() || random.nextInt(4) == 0) {
      return sides.isEmpty() && !unique.get(0) && !unique.get(1)
          ? "COUNT(*)"
          : List.of("COUNT(*)", "COUNT(1)", "count(l.k0)", "COUNT(f.k0)").get(random.nextInt(4));
    }
    String side = alias.get(sides.get(random.nextInt(sides.size()))) + ".";
    int column = random.nextInt(DifferentialTest.VALUE_TYPES.size());
    String number = side + "v" + List.of(0, 1, 2, 3, 4, 5, 8, 9, 10).get(random.nextInt(9));
    return switch (random.nextInt(9)) {
      case 0 -> "COUNT(" + side + "v" + column + ")";
      case 1 -> "AVG(" + number + ")";
      case 2 -> "SUM(CASE WHEN " + filter(side.substring(0, 1), random) + " THEN 1 ELSE 0 END)";
      case 3 -> "SUM(CASE WHEN " + side + "v7 THEN " + side + "v3 END)";
      case 4 -> "SUM(CAST(COALESCE(" + side + "v0, 0) AS BIGINT) + 1)";
      case 5 -> "AVG(" + side + "v3 * 2 - 0.5)";
      case 6 -> "SUM(CAST(" + side + "v3 AS DOUBLE))";
      case 7 -> "SUM(LENGTH(" + side + "v6))";
      default -> "SUM(" + number + ")";
    };
  }

  private static String filter(String alias, Random random) {
    String column = alias + ".v";
    return switch (random.nextInt(10)) {
      case 0 -> column + "0 > 0";
      case 1 -> column + "6 IN ('north', '東')";
      case 2 -> column + "3 BETWEEN -100 AND 1000.50";
      case 3 -> column + "6 LIKE '%th'";
      case 4 -> column + "11 >= DATE '2024-05-01'";
      case 5 -> "(" + column + "7 OR " + column + "0 IS NULL)";
      case 6 -> "NOT " + column + "7";
      case 7 -> "EXTRACT(MONTH FROM " + column + "11) % 2 = 0";
      case 8 -> "upper(" + column + "6) <> 'NORTH'";
      default -> alias + ".k0 IS NOT NULL";
    };
  }
}
