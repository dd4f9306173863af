package org.tidegate.connector.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Answers of the node in words, and tables. */
public final class Words {
  private static final int MAX_SQL = 100;

  private Words() {}

  /** A job's phase as the node names it: what happens in it. */
  static String phase(String phase) {
    return switch (phase) {
      case "plan" -> "planning";
      case "accept" -> "the owners' nodes check plan and grants";
      case "reserve" -> "reserving the use on the ledger";
      case "start" -> "starting";
      case "settle" -> "writing the receipts to the ledger";
      // Of a run between two owners, whose lane is leg0, leg1: what it sends now.
      default ->
          phase.matches("leg\\d+ .*") ? "computing: " + phase.replaceFirst("\\S+ ", "") : phase;
    };
  }

  /** A product and its columns, on two lines. */
  public static List<String> product(JsonNode product) {
    List<String> columns = new ArrayList<>();
    for (JsonNode column : product.path("columns")) {
      columns.add(text(column, "name") + " " + text(column, "type"));
    }
    return List.of(
        "%s.%s, version %s, %s rows, %s"
            .formatted(
                text(product, "owner"),
                text(product, "name"),
                text(product, "version"),
                text(product, "rows"),
                text(product, "digest")),
        "  " + String.join(", ", columns));
  }

  /** A grant: what it allows to whom, and its columns with their operations. */
  public static List<String> grant(JsonNode grant) {
    List<String> recipients = new ArrayList<>();
    grant.path("recipients").forEach(recipient -> recipients.add(recipient.asString()));
    List<String> columns = new ArrayList<>();
    for (var column : grant.path("columns").properties()) {
      List<String> operations = new ArrayList<>();
      column.getValue().forEach(operation -> operations.add(operation.asString()));
      columns.add(column.getKey() + " (" + String.join(", ", operations) + ")");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s.%s to %s for '%s', %s uses from %s until %s, groups of at least %s"
            .formatted(
                text(grant, "id"),
                text(grant, "owner"),
                text(grant, "product"),
                String.join(", ", recipients),
                text(grant, "purpose"),
                text(grant, "count"),
                text(grant, "from"),
                text(grant, "until"),
                text(grant, "minimumGroup")));
    lines.add("  " + String.join(", ", columns));
    terms(grant, lines);
    if (grant.has("revoked")) {
      lines.add("  REVOKED: " + text(grant, "revoked"));
    }
    return lines;
  }

  private static void terms(JsonNode grant, List<String> lines) {
    if (grant.has("price")) {
      lines.add("  price: " + price(grant.path("price")));
    }
    if (grant.has("frequency")) {
      JsonNode frequency = grant.path("frequency");
      lines.add(
          "  at most %s within %s"
              .formatted(
                  count(frequency.path("count").asLong(), "use", "uses"),
                  span(frequency.path("seconds").asLong())));
    }
    if (grant.has("budget")) {
      JsonNode budget = grant.path("budget");
      lines.add(
          "  privacy budget: epsilon %s, in %s slices"
              .formatted(
                  BigDecimal.valueOf(
                          budget.path("slice").asLong() * budget.path("slices").asLong(), 6)
                      .toPlainString(),
                  text(budget, "slices")));
    }
  }

  /** {@code CNY 5.00 a use, CNY 0.01 a row, 2.50% of the revenue}. */
  static String price(JsonNode price) {
    List<String> parts = new ArrayList<>();
    int decimals = price.path("decimals").asInt();
    for (String key : List.of("perUse", "perRow")) {
      long amount = price.path(key).asLong();
      if (amount > 0) {
        parts.add(
            text(price, "currency")
                + " "
                + BigDecimal.valueOf(amount, decimals).toPlainString()
                + (key.equals("perUse") ? " a use" : " a row"));
      }
    }
    long share = price.path("revenueBasisPoints").asLong();
    if (share > 0) {
      parts.add(BigDecimal.valueOf(share, 2).toPlainString() + "% of the revenue");
    }
    return String.join(", ", parts);
  }

  /** {@code 7 days}, {@code 90 seconds}: in the largest unit that divides it. */
  static String span(long seconds) {
    if (seconds % 86_400 == 0) {
      return count(seconds / 86_400, "day", "days");
    }
    if (seconds % 3_600 == 0) {
      return count(seconds / 3_600, "hour", "hours");
    }
    return seconds % 60 == 0
        ? count(seconds / 60, "minute", "minutes")
        : count(seconds, "second", "seconds");
  }

  /** A text where the node has it, else the digest that is on the ledger. */
  static String note(JsonNode record) {
    String text = record.path("text").asString("");
    return text.isEmpty() ? "text " + record.path("textDigest").asString("?") : text;
  }

  /** A number and its noun, in the singular for 1. */
  public static String count(long number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }

  /** A statement on one line, cut where it is long. */
  public static String shortened(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() > MAX_SQL ? line.substring(0, MAX_SQL - 1) + "…" : line;
  }

  private static String text(JsonNode object, String key) {
    return object.path(key).asString("?");
  }

  private static String scalar(JsonNode value) {
    return value.isNull() ? "NULL" : value.asString();
  }

  /**
   * A table with its columns aligned.
   *
   * @param columns {@code [{name,type}]}
   * @param rows lists of strings or nulls
   */
  public static List<String> table(JsonNode columns, JsonNode rows) {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>();
    columns.forEach(column -> head.add(column.path("name").asString()));
    cells.add(head);
    for (JsonNode row : rows) {
      List<String> cell = new ArrayList<>();
      row.forEach(value -> cell.add(scalar(value)));
      cells.add(cell);
    }
    int[] widths = new int[head.size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length && i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(i == 0 ? "" : "  ").append(row.get(i));
        line.append(" ".repeat(i < widths.length ? widths[i] - row.get(i).length() : 0));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
