package org.tidegate.connector.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Answers of the node in words, and tables. */
public final class Words {
  private Words() {}

  /** An object on one line: {@code key value, key value}. */
  public static String of(JsonNode object) {
    if (!object.isObject()) {
      return scalar(object);
    }
    List<String> parts = new ArrayList<>();
    object.properties().forEach(field -> parts.add(field.getKey() + " " + inner(field.getValue())));
    return String.join(", ", parts);
  }

  private static String inner(JsonNode value) {
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(element -> parts.add(inner(element)));
      return "[" + String.join(", ", parts) + "]";
    }
    return value.isObject() ? "{" + of(value) + "}" : scalar(value);
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
