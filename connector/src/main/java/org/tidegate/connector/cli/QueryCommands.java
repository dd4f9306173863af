package org.tidegate.connector.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.sql.text.Statements;
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
  private static final List<String> SECURITY = List.of("semi-honest", "malicious");

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
                  Words.phase(event.getProgress().getPhase()),
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

  /** Refuses a level of security that there is not. */
  public static void checkSecurity(String security) {
    if (!SECURITY.contains(security)) {
      throw new CommandException(
          Exit.USAGE,
          "cli.usage",
          "--security " + security + " is unknown; it is one of " + String.join(", ", SECURITY));
    }
  }

  /** Prints how a statement would be answered, and gives it for machines. */
  private static JsonNode explain(NodeClient client, String sql, String security, Output output) {
    ExplainRequest request =
        ExplainRequest.newBuilder()
            .setSql(sql)
            .setRecipient(client.participant())
            .setSecurity(security)
            .build();
    JsonNode answer =
        NodeClient.parse(client.call(EXPLAIN_SECONDS, stub -> stub.explain(request)).getJson());
    output.line("%s", answer.path("text").asString("").stripTrailing());
    return answer;
  }

  /** Text of the statements: from the argument or the file, exactly one of them. */
  private static String sql(@Nullable String argument, @Nullable Path file) throws IOException {
    if (argument != null && file == null) {
      return argument;
    }
    if (file != null && argument == null) {
      return TextFile.read(file);
    }
    throw new CommandException(
        Exit.USAGE, "cli.usage", "give the SQL either as an argument or with --file");
  }

  private static List<Statements.Statement> statements(
      @Nullable String argument, @Nullable Path file) throws IOException {
    List<Statements.Statement> statements = Statements.split(sql(argument, file));
    if (statements.isEmpty()) {
      throw new CommandException(
          Exit.USAGE,
          "cli.input",
          (file == null ? "the argument" : file.toString()) + " holds no statement; give a SELECT");
    }
    return statements;
  }

  @CommandLine.Command(
      name = "query",
      description = {
        "Asks a joint question, or several with ';' between: each is run, whatever the others"
            + " give.",
        "EXPLAIN before a single one shows its plan instead."
      })
  static final class Query extends NodeCommand {
    @Parameters(arity = "0..1", paramLabel = "SQL", description = "SELECT statements.")
    @Nullable String sql;

    @Option(names = "--file", paramLabel = "FILE", description = "The statements in a file.")
    @Nullable Path file;

    @Option(
        names = "--purpose",
        paramLabel = "WORD",
        description = "The purpose, where several are granted.")
    @Nullable String purpose;

    @Option(
        names = "--security",
        paramLabel = "LEVEL",
        description = "semi-honest (the default) or malicious.",
        defaultValue = "semi-honest")
    String security = "";

    @Option(
        names = "--trace",
        paramLabel = "DIR",
        description = {
          "Write every frame's payload below this directory;",
          "of several statements, below its directories 0, 1, ..."
        })
    @Nullable Path trace;

    @Override
    protected void check() throws IOException {
      checkSecurity(security);
      statements(sql, file);
    }

    @Override
    protected int run(Output output, NodeClient client) throws Exception {
      List<Statements.Statement> statements = statements(sql, file);
      boolean isOne = statements.size() == 1;
      Optional<String> explained = Statements.explained(statements.getFirst().sql());
      if (isOne && explained.isPresent()) {
        explain(client, explained.get(), security, output)
            .properties()
            .forEach(field -> answer(field.getKey(), field.getValue()));
        return Exit.OK;
      }
      Optional<String> source = Optional.ofNullable(file).map(Path::toString);
      List<StatementResult> results = new ArrayList<>();
      for (Statements.Statement statement : statements) {
        int index = results.size();
        QueryRequest.Builder request =
            QueryRequest.newBuilder()
                .setSql(statement.sql())
                .setRecipient(client.participant())
                .setSecurity(security);
        if (purpose != null) {
          request.setPurpose(purpose);
        }
        if (trace != null) {
          Path directory = isOne ? trace : trace.resolve(String.valueOf(index));
          request.setTraceDir(directory.toAbsolutePath().toString());
        }
        if (!isOne) {
          output.line(
              "%s-- %d: %s",
              index == 0 ? "" : "\n", index + 1, statement.sql().lines().findFirst().orElse(""));
        }
        StatementResult result =
            StatementResult.of(index, statement, client, request.build(), output);
        result.tell(output, isOne, source);
        results.add(result);
      }
      if (isOne) {
        results.getFirst().json().forEach(this::answer);
      } else {
        answer("results", results.stream().map(StatementResult::json).toList());
      }
      return Exit.of(results.stream().map(StatementResult::exit).toList());
    }
  }

  @CommandLine.Command(
      name = "explain",
      description = "Shows plan, protocol, leakage, cost and the grants a question needs.")
  static final class Explain extends NodeCommand {
    @Parameters(arity = "0..1", paramLabel = "SQL", description = "One SELECT.")
    @Nullable String sql;

    @Option(names = "--file", paramLabel = "FILE", description = "The SELECT in a file.")
    @Nullable Path file;

    @Option(
        names = "--security",
        paramLabel = "LEVEL",
        description = "semi-honest (the default) or malicious.",
        defaultValue = "semi-honest")
    String security = "";

    @Override
    protected void check() throws IOException {
      checkSecurity(security);
      QueryCommands.sql(sql, file);
    }

    @Override
    protected int run(Output output, NodeClient client) throws Exception {
      explain(client, QueryCommands.sql(sql, file), security, output)
          .properties()
          .forEach(field -> answer(field.getKey(), field.getValue()));
      return Exit.OK;
    }
  }
}
