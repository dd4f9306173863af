package org.tidegate.connector.app;

import java.util.List;
import org.tidegate.connector.job.JobOutcome;
import org.tidegate.connector.job.JobReport;
import org.tidegate.connector.job.ResultTable;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Outcome;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A query's report as one result object of the interface guide. SQL values are strings or null. */
final class ReportJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ReportJson() {}

  static String of(JobReport report) {
    ObjectNode json = JSON.createObjectNode();
    Outcome kind = report.outcome().kind();
    json.put(
        "status",
        switch (kind) {
          case COMPLETED -> "answered";
          case REFUSED -> "refused";
          case ABORTED -> "failed";
        });
    ArrayNode columns = json.putArray("columns");
    ArrayNode rows = json.putArray("private");
    report.result().ifPresent(table -> addTable(table, columns, rows));
    if (kind != Outcome.COMPLETED) {
      json.set("error", JSON.readTree(CanonicalJson.encodeText(error(report.outcome()))));
    }
    report.jobId().ifPresent(jobId -> json.put("jobId", jobId.toString()));
    report.state().ifPresent(state -> json.put("state", state.name()));
    report
        .plan()
        .ifPresent(plan -> json.set("plan", JSON.readTree(CanonicalJson.encodeText(plan))));
    ArrayNode bytes = json.putArray("bytes");
    for (JobReport.Traffic traffic : report.traffic()) {
      bytes
          .addObject()
          .put("from", traffic.from())
          .put("to", traffic.to())
          .put("n", traffic.bytes());
    }
    json.put("rounds", report.rounds());
    json.put("millis", report.millis());
    return JSON.writeValueAsString(json);
  }

  private static void addTable(ResultTable table, ArrayNode columns, ArrayNode rows) {
    for (ResultTable.Column column : table.columns()) {
      columns.addObject().put("name", column.name()).put("type", column.type());
    }
    for (List<? extends @org.jspecify.annotations.Nullable String> row : table.rows()) {
      ArrayNode values = rows.addArray();
      for (String value : row) {
        if (value == null) {
          values.addNull();
        } else {
          values.add(value);
        }
      }
    }
  }

  /** {@code code, line, column, message}. */
  static JsonObject error(JobOutcome outcome) {
    JsonObject.Builder json =
        JsonObject.builder().put("code", outcome.code()).put("message", outcome.message());
    if (outcome.line() > 0) {
      json.put("line", outcome.line()).put("column", outcome.column());
    }
    return json.build();
  }
}
