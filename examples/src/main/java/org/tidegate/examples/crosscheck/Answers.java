package org.tidegate.examples.crosscheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidegate.examples.oracle.Oracle;
import tools.jackson.databind.JsonNode;

/** A node's result object as an answer that compares with the oracle's. */
public final class Answers {
  private Answers() {}

  /** Reads {@code columns} and {@code private}. */
  public static Oracle.Answer of(JsonNode result) {
    List<Map<String, String>> columns = new ArrayList<>();
    for (JsonNode column : result.path("columns")) {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("name", column.path("name").asString());
      entry.put("type", column.path("type").asString());
      columns.add(entry);
    }
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (JsonNode row : result.path("private")) {
      List<@Nullable String> values = new ArrayList<>();
      row.forEach(value -> values.add(value.isNull() ? null : value.asString()));
      rows.add(values);
    }
    return new Oracle.Answer(columns, rows);
  }
}
