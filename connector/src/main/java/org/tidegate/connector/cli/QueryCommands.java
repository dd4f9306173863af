package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.proto.admin.v1.ExplainRequest;
import org.tidegate.proto.admin.v1.QueryEvent;
import org.tidegate.proto.admin.v1.QueryRequest;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tidegate query} and {@code explain}. */
public final class QueryCommands {
  private static final long QUERY_SECONDS = 24 * 3_600;
  private static final long EXPLAIN_SECONDS = 120;

  private QueryCommands() {}

  /**
   * Runs one statement and draws its progress.
   *
   * @param client the node asked
   * @param request the statement
   * @param progress where progress goes
   * @return one result object of the interface
   */
  public static JsonNode query(NodeClient client, QueryRequest request, ProgressLine progress) {
    return client.call(
        QUERY_SECONDS,
        stub -> {
          JsonNode result = null;
          Iterator<QueryEvent> events = stub.query(request);
          while (events.hasNext()) {
            QueryEvent event = events.next();
            if (event.hasProgress()) {
              progress.update(
                  event.getProgress().getPhase(),
                  event.getProgress().getDone(),
                  event.getProgress().getTotal());
            } else {
              result = NodeClient.parse(event.getResultJson());
            }
          }
          progress.close();
          if (result == null) {
            throw new CommandException(
                Exit.BUG, "bug", "the node ended the query without a result");
          }
          return result;
        });
  }

  /** The exit code of a result that the node reports. */
  public static int exit(JsonNode result) {
    if (!result.has("error") || result.path("error").isNull()) {
      return Exit.OK;
    }
    if (result.path("status").asString("").equals("refused")) {
      return Exit.REFUSED;
    }
    String code = result.path("error").path("code").asString("");
    return code.equals("bug") ? Exit.BUG : Exit.ABORTED;
  }

  /** Text of a statement: from the argument or the file, exactly one of them. */
  static String sql(Optional<String> argument, Optional<Path> file) throws IOException {
    if (argument.isPresent() == file.isPresent()) {
      throw new CommandException(
          Exit.USAGE, "cli.usage", "give the SQL either as an argument or with --file");
    }
    return file.isPresent() ? Files.readString(file.get()) : argument.orElseThrow();
  }

  @CommandLine.Command(name = "query", description = "Asks a joint question.")
  static final class Query extends NodeCommand {
    @Parameters(arity = "0..1", paramLabel = "SQL", description = "One SELECT.")
    @Nullable String sql;

    @Option(names = "--file", description = "The SELECT in a file.")
    @Nullable Path file;

    @Option(names = "--purpose", description = "The purpose, where several are granted.")
    @Nullable String purpose;

    @Option(
        names = "--security",
        description = "semi-honest (the default) or malicious.",
        defaultValue = "semi-honest")
    String security = "";

    @Option(names = "--trace", description = "Write every frame's payload below this directory.")
    @Nullable Path trace;

    @Override
    protected int run(Output output, NodeClient client) throws Exception {
      QueryRequest.Builder request =
          QueryRequest.newBuilder()
              .setSql(QueryCommands.sql(Optional.ofNullable(sql), Optional.ofNullable(file)))
              .setRecipient(client.participant())
              .setSecurity(security);
      if (purpose != null) {
        request.setPurpose(purpose);
      }
      if (trace != null) {
        request.setTraceDir(trace.toAbsolutePath().toString());
      }
      JsonNode result;
      try (ProgressLine progress = new ProgressLine(output.err())) {
        result = query(client, request.build(), progress);
      }
      result.properties().forEach(field -> answer(field.getKey(), field.getValue()));
      if (exit(result) != Exit.OK) {
        JsonNode error = result.path("error");
        String place =
            error.has("line")
                ? "line %s, column %s: "
                    .formatted(error.path("line").asString(), error.path("column").asString("?"))
                : "";
        output.note(
            "tidegate: %s%s (%s)",
            place, error.path("message").asString(), error.path("code").asString());
        return exit(result);
      }
      Words.table(result.path("columns"), result.path("private")).forEach(output::line);
      output.note(
          "job %s, %s, %s ms",
          result.path("jobId").asString(),
          result.path("plan").path("protocol").asString(),
          result.path("millis").asString());
      return Exit.OK;
    }
  }

  @CommandLine.Command(
      name = "explain",
      description = "Shows plan, protocol, leakage, cost and the grants a question needs.")
  static final class Explain extends NodeCommand {
    @Parameters(arity = "0..1", paramLabel = "SQL", description = "One SELECT.")
    @Nullable String sql;

    @Option(names = "--file", description = "The SELECT in a file.")
    @Nullable Path file;

    @Option(
        names = "--security",
        description = "semi-honest (the default) or malicious.",
        defaultValue = "semi-honest")
    String security = "";

    @Override
    protected int run(Output output, NodeClient client) throws Exception {
      ExplainRequest request =
          ExplainRequest.newBuilder()
              .setSql(QueryCommands.sql(Optional.ofNullable(sql), Optional.ofNullable(file)))
              .setRecipient(client.participant())
              .setSecurity(security)
              .build();
      JsonNode answer =
          NodeClient.parse(client.call(EXPLAIN_SECONDS, stub -> stub.explain(request)).getJson());
      output.line(answer.path("text").asString(""));
      answer.properties().forEach(field -> answer(field.getKey(), field.getValue()));
      return Exit.OK;
    }
  }
}
