package org.tidegate.connector.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tidegate.connector.sql.text.Position;
import org.tidegate.connector.sql.text.Statements;
import org.tidegate.proto.admin.v1.QueryRequest;
import tools.jackson.databind.JsonNode;

/**
 * What became of one statement of {@code query}.
 *
 * @param statement the statement
 * @param exit its exit code
 * @param json one result object of the interface: {@code index, sql, status}, then what the node
 *     reports, or {@code error}
 */
record StatementResult(Statements.Statement statement, int exit, Map<String, Object> json) {
  /** Runs it. Whatever happens is in the result. */
  static StatementResult of(
      int index,
      Statements.Statement statement,
      NodeClient client,
      QueryRequest request,
      Output output) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", index);
    json.put("sql", statement.sql());
    int exit;
    try (ProgressLine progress = new ProgressLine(output.err())) {
      JsonNode result = QueryCommands.query(client, request, progress);
      exit = QueryCommands.exit(result);
      json.put("status", status(exit));
      result.properties().stream()
          .filter(field -> !json.containsKey(field.getKey()))
          .forEach(field -> json.put(field.getKey(), field.getValue()));
    } catch (RuntimeException e) {
      CommandException told = Failures.of(e);
      exit = told.exit();
      json.put("status", status(exit));
      json.put("error", Output.error(told));
    }
    return new StatementResult(statement, exit, json);
  }

  private static String status(int exit) {
    return exit == Exit.OK ? "ok" : exit == Exit.REFUSED ? "refused" : "failed";
  }

  /**
   * Says it to people: the answer as a table, or why there is none.
   *
   * @param isOne whether it is the only statement
   * @param file where the statements stand, or empty
   */
  void tell(Output output, boolean isOne, Optional<String> file) {
    JsonNode result = Output.mapper().valueToTree(json);
    if (exit == Exit.OK) {
      Words.table(result.path("columns"), result.path("private"))
          .forEach(row -> output.line("%s", row));
      output.note(
          "job %s, %s, %s ms",
          result.path("jobId").asString(""),
          result.path("plan").path("protocol").asString(""),
          result.path("millis").asString(""));
      return;
    }
    JsonNode error = result.path("error");
    output.note(
        "tidegate: %s%s%s (%s)",
        isOne ? "" : "statement " + (result.path("index").asInt() + 1) + ": ",
        place(error, isOne, file),
        error.path("message").asString(""),
        error.path("code").asString(""));
    if (result.hasNonNull("jobId")) {
      output.note("job %s", result.path("jobId").asString());
    }
  }

  /** In a file as an editor counts; else in the statement that is shown, as in machine output. */
  private String place(JsonNode error, boolean isOne, Optional<String> file) {
    if (!error.has("line")) {
      return "";
    }
    Position stated =
        new Position(error.path("line").asInt(), Math.max(1, error.path("column").asInt(1)));
    Position at = isOne || file.isPresent() ? statement.inText(stated) : stated;
    return (isOne || file.isEmpty() ? "" : file.get() + ", ")
        + "line "
        + at.line()
        + ", column "
        + at.column()
        + ": ";
  }
}
