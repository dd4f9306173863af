package org.tidegate.examples.crosscheck;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.cli.Command;
import org.tidegate.connector.cli.CommandException;
import org.tidegate.connector.cli.Exit;
import org.tidegate.connector.cli.Failures;
import org.tidegate.connector.cli.LocalSpace;
import org.tidegate.connector.cli.NodeClient;
import org.tidegate.connector.cli.Output;
import org.tidegate.connector.cli.ProgressLine;
import org.tidegate.connector.cli.QueryCommands;
import org.tidegate.connector.cli.Words;
import org.tidegate.connector.source.SourceLimits;
import org.tidegate.connector.sql.text.Statements;
import org.tidegate.examples.oracle.Comparison;
import org.tidegate.examples.oracle.Oracle;
import org.tidegate.examples.oracle.PooledData;
import org.tidegate.examples.space.ThrowAwaySpace;
import org.tidegate.proto.admin.v1.QueryRequest;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * Runs queries privately in a throw-away space, on the nodes' own job path (a process per
 * participant, mutual TLS, ledger, metering), and in plaintext on the pooled data, and compares.
 */
@CommandLine.Command(
    name = "crosscheck",
    description = "Runs queries privately and on the pooled plaintext, and compares.")
public final class CrosscheckCommand extends Command {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "<participant>/<table>.parquet or .csv, optionally <table>.yaml.")
  Path data = Path.of("");

  @Option(names = "--sql", required = true, paramLabel = "FILE", description = "The queries.")
  Path sql = Path.of("");

  @Option(
      names = "--recipient",
      paramLabel = "P",
      description = "Who gets the answers; by default the owner of the first table named.")
  @Nullable String recipient;

  @Option(
      names = "--security",
      defaultValue = "semi-honest",
      description = "semi-honest (the default) or malicious.")
  String security = "";

  @Option(
      names = "--trace",
      paramLabel = "DIR",
      description = "Write every frame's payload, per query, node and direction.")
  @Nullable Path trace;

  @Override
  protected int run(Output output) throws Exception {
    QueryCommands.checkSecurity(security);
    List<Statements.Statement> statements = Statements.split(Files.readString(sql));
    if (statements.isEmpty()) {
      throw new CommandException(Exit.USAGE, "cli.input", sql + " holds no statement");
    }
    PooledData pooled = PooledData.read(data, SourceLimits.DEFAULTS);
    if (recipient != null && !pooled.participants().contains(recipient)) {
      throw new CommandException(
          Exit.USAGE,
          "cli.usage",
          "there is no participant '"
              + recipient
              + "' in "
              + data
              + "; there are "
              + pooled.participants());
    }
    List<Map<String, Object>> results = new ArrayList<>();
    List<Integer> exits = new ArrayList<>();
    try (Oracle oracle = new Oracle(pooled);
        ThrowAwaySpace space = ThrowAwaySpace.create("crosscheck")) {
      LocalSpace unused = space.up(data, Optional.empty(), output);
      for (Statements.Statement each : statements) {
        String statement = each.sql();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("index", results.size());
        result.put("sql", statement);
        int exit = check(output, oracle, space.home(), pooled, statement, result);
        exits.add(exit);
        results.add(result);
        tell(output, results.size(), result);
      }
    }
    answer("results", results);
    return Exit.of(exits);
  }

  /** Says what came out, of an answer both sides if they differ. */
  private static void tell(Output output, int number, Map<String, Object> result) {
    output.line(
        "%d: %s: %s",
        number,
        String.valueOf(result.get("status")),
        Words.shortened(String.valueOf(result.get("sql"))));
    JsonNode json = Output.mapper().valueToTree(result);
    if (json.hasNonNull("private")) {
      Words.table(json.path("columns"), json.path("private"))
          .forEach(row -> output.line("    %s", row));
    }
    if ("different".equals(result.get("status"))) {
      output.line("  in plaintext:");
      Words.table(json.path("columns"), json.path("plaintext"))
          .forEach(row -> output.line("    %s", row));
    }
  }

  private int check(
      Output output,
      Oracle oracle,
      Path home,
      PooledData pooled,
      String statement,
      Map<String, Object> result) {
    String asks =
        Optional.ofNullable(recipient)
            .or(() ->
                Statements.firstParticipant(statement).filter(pooled.participants()::contains))
            .orElse(pooled.participants().getFirst());
    QueryRequest.Builder request =
        QueryRequest.newBuilder().setSql(statement).setRecipient(asks).setSecurity(security);
    if (trace != null) {
      request.setTraceDir(
          trace.resolve(String.valueOf(result.get("index"))).toAbsolutePath().toString());
    }
    try (NodeClient client = new NodeClient(home.resolve(asks));
        ProgressLine progress = new ProgressLine(output.err())) {
      JsonNode answer = QueryCommands.query(client, request.build(), progress);
      answer.properties().stream()
          .filter(field -> !result.containsKey(field.getKey()))
          .forEach(field -> result.put(field.getKey(), field.getValue()));
      int exit = QueryCommands.exit(answer);
      if (exit != Exit.OK) {
        result.put("status", exit == Exit.REFUSED ? "refused" : "failed");
        output.note("  %s", answer.path("error").path("message").asString(""));
        return exit;
      }
      return compare(oracle, statement, answer, result);
    } catch (CommandException e) {
      return failed(output, e, result);
    } catch (SQLException e) {
      return failed(
          output,
          new CommandException(
              Exit.DOES_NOT_HOLD,
              "crosscheck.oracle",
              "DuckDB refuses what Tidegate answers: " + e.getMessage()),
          result);
    } catch (RuntimeException e) {
      return failed(output, Failures.of(e), result);
    }
  }

  private static int failed(Output output, CommandException e, Map<String, Object> result) {
    result.put("status", e.exit() == Exit.REFUSED || e.exit() == Exit.USAGE ? "refused" : "failed");
    result.put("error", Output.error(e));
    output.note("  %s", e.getMessage());
    return e.exit() == Exit.USAGE ? Exit.REFUSED : e.exit();
  }

  private static int compare(
      Oracle oracle, String statement, JsonNode answer, Map<String, Object> result)
      throws SQLException {
    Oracle.Answer plaintext = oracle.ask(statement);
    Oracle.Answer computed = Answers.of(answer);
    boolean same = Comparison.same(computed, plaintext, Statements.isOrdered(statement));
    result.put("plaintext", plaintext.rows());
    result.put("status", same ? "equal" : "different");
    return same ? Exit.OK : Exit.DOES_NOT_HOLD;
  }
}
