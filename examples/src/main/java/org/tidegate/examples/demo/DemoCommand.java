package org.tidegate.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.cli.AuditCommands;
import org.tidegate.connector.cli.Command;
import org.tidegate.connector.cli.CommandException;
import org.tidegate.connector.cli.Exit;
import org.tidegate.connector.cli.GrantCommands;
import org.tidegate.connector.cli.LocalSpace;
import org.tidegate.connector.cli.NodeClient;
import org.tidegate.connector.cli.Output;
import org.tidegate.connector.cli.ProgressLine;
import org.tidegate.connector.cli.QueryCommands;
import org.tidegate.connector.cli.Words;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.connector.source.SourceLimits;
import org.tidegate.connector.sql.text.Statements;
import org.tidegate.examples.crosscheck.Answers;
import org.tidegate.examples.data.City;
import org.tidegate.examples.oracle.Comparison;
import org.tidegate.examples.oracle.Oracle;
import org.tidegate.examples.oracle.PooledData;
import org.tidegate.examples.space.ThrowAwaySpace;
import org.tidegate.ledger.audit.AuditReport;
import org.tidegate.ledger.audit.LedgerAudit;
import org.tidegate.ledger.audit.LedgerExport;
import org.tidegate.proto.admin.v1.QueryRequest;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * A bank, a tax registry and a marine trade centre, each in a process of its own: four joint
 * questions, four refusals, an audit. Every answer is compared with DuckDB's on the pooled files,
 * which only a demo can pool.
 */
@CommandLine.Command(
    name = "demo",
    description = "Starts three institutions, asks joint questions, shows refusals, audits.")
public final class DemoCommand extends Command {
  /** More rows of an answer are counted, not shown. */
  private static final int MOST_ROWS = 5;

  @Option(names = "--keep", description = "Leave the space running, and say how to use it.")
  boolean keep;

  @Option(
      names = "--ledger",
      paramLabel = "KIND",
      defaultValue = "embedded",
      description = "embedded, or fabric: a Fabric network, see 'tidegate help fabric up'.")
  String ledger = "embedded";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Only write the demo's data there: tables and their product descriptions.")
  @Nullable Path dataOnly;

  private final List<Map<String, Object>> steps = new ArrayList<>();
  private boolean holds = true;

  @Override
  protected int run(Output output) throws Exception {
    if (dataOnly != null) {
      City.DEMO.writeTo(dataOnly);
      output.line("Written: %s", dataOnly);
      answer("data", dataOnly.toString());
      return Exit.OK;
    }
    long start = System.nanoTime();
    try (ThrowAwaySpace space = ThrowAwaySpace.create("demo")) {
      tell(output, space);
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    answer("steps", steps);
    answer("millis", millis);
    output.line(
        "%s, in %.1f s.",
        holds ? "Everything as it should be" : "NOT as it should be", millis / 1e3);
    return holds ? Exit.OK : Exit.DOES_NOT_HOLD;
  }

  private void tell(Output output, ThrowAwaySpace space) throws Exception {
    Path data = space.directory().resolve("data");
    Path home = space.home();
    output.line("Data of a bank, a tax registry and a marine trade centre, generated in %s", data);
    City.DEMO.writeTo(data);
    Path noGrants = Files.writeString(space.directory().resolve("no-grants.yaml"), "grants: []\n");
    LocalSpace nodes =
        space.up(data, Optional.of(noGrants), LocalSpace.LedgerKind.of(ledger), output);
    try (Oracle oracle = new Oracle(PooledData.read(data, SourceLimits.DEFAULTS))) {
      for (LocalSpace.NodeInfo node : nodes.nodes()) {
        output.line("%s: process %d, %s", node.participant(), node.pid(), node.home());
        if (!node.participant().equals(DemoScript.LATE_GRANTOR)) {
          grant(home, node.participant());
        }
      }
      DemoQuestion ofBank = DemoScript.QUESTIONS.get(0);
      DemoQuestion ofTax = DemoScript.QUESTIONS.get(1);
      DemoQuestion ofTrade = DemoScript.QUESTIONS.get(2);
      ask(output, home, oracle, ofBank);
      ask(output, home, oracle, ofTax);
      refuse(output, home, ofTrade, "grant.missing");
      grant(home, DemoScript.LATE_GRANTOR);
      ask(output, home, oracle, ofTrade.again("The marine trade centre grants it; once more:"));
      ask(output, home, oracle, DemoScript.INVOICES);
      refuse(
          output,
          home,
          ofTax.again("The tax registry asks again; its one use is used up:"),
          "grant.exhausted");
      refuse(output, home, DemoScript.SMALL_GROUP, "group.tooSmall");
      try (NodeClient tax = new NodeClient(home.resolve("tax"))) {
        GrantCommands.revoke(tax, DemoScript.REVOKED, "the agreement with the bank ended");
      }
      refuse(
          output,
          home,
          ofBank.again("The tax registry revokes its grant; the bank asks again:"),
          "grant.revoked");
      audit(output, home, space.directory().resolve("export"));
    }
    if (keep) {
      space.keep();
      invite(output, home);
    }
  }

  private static void grant(Path home, String participant) throws IOException {
    try (NodeClient client = new NodeClient(home.resolve(participant))) {
      GrantCommands.put(client, DemoScript.grants(participant));
    }
  }

  private JsonNode query(Output output, Path home, DemoQuestion question) {
    output.line("");
    output.line("%s", question.words());
    question.sql().lines().forEach(line -> output.line("    %s", line));
    try (NodeClient client = new NodeClient(home.resolve(question.asks()));
        ProgressLine progress = new ProgressLine(output.err())) {
      return QueryCommands.query(
          client,
          QueryRequest.newBuilder().setSql(question.sql()).setRecipient(question.asks()).build(),
          progress);
    }
  }

  private void ask(Output output, Path home, Oracle oracle, DemoQuestion question)
      throws SQLException {
    JsonNode result = query(output, home, question);
    boolean answered = QueryCommands.exit(result) == Exit.OK;
    boolean equal =
        answered
            && Comparison.same(
                Answers.of(result),
                oracle.ask(question.sql()),
                Statements.isOrdered(question.sql()));
    if (answered) {
      show(output, result);
      output.line(
          "  in %s ms; %s DuckDB on the pooled files",
          result.path("millis").asString(), equal ? "equal to" : "DIFFERENT from");
    } else {
      output.line("  NOT answered: %s", result.path("error").path("message").asString(""));
    }
    step(question, equal ? "equal" : answered ? "different" : "failed", result, equal);
  }

  private static void show(Output output, JsonNode result) {
    List<String> table = Words.table(result.path("columns"), result.path("private"));
    // The first line names the columns.
    table.stream().limit(1 + MOST_ROWS).forEach(line -> output.line("  %s", line));
    if (table.size() > 1 + MOST_ROWS) {
      output.line("  ... and %d rows more", table.size() - 1 - MOST_ROWS);
    }
  }

  private void refuse(Output output, Path home, DemoQuestion question, String code) {
    JsonNode error;
    JsonNode result = Output.mapper().createObjectNode();
    try {
      result = query(output, home, question);
      error = result.path("error");
    } catch (CommandException e) {
      error = Output.mapper().valueToTree(Output.error(e));
    }
    String told = error.path("code").asString("");
    output.line("  refused: %s (%s)", error.path("message").asString("it was answered!"), told);
    step(question, told.equals(code) ? "refused" : "different", result, told.equals(code));
  }

  private void step(DemoQuestion question, String status, JsonNode result, boolean asExpected) {
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("asks", question.asks());
    step.put("sql", question.sql());
    step.put("status", status);
    step.put("result", result);
    steps.add(step);
    holds &= asExpected;
  }

  private void audit(Output output, Path home, Path export) throws IOException {
    try (NodeClient bank = new NodeClient(home.resolve("bank"))) {
      AuditCommands.export(bank, export);
    }
    LedgerAudit audit =
        new LedgerAudit(
            new LedgerExport(export), SpaceAuthority.load(home).root(), Optional.empty());
    AuditReport report = audit.report();
    output.line("");
    output.line(
        "The audit of %d blocks, trusting the space authority alone: %s",
        report.height(),
        report.holds() ? "everything holds" : report.findings().size() + " findings");
    report
        .findings()
        .forEach(finding -> output.line("  %s: %s", finding.place(), finding.message()));
    report
        .balances()
        .forEach(balance ->
            output.line(
                "  grant %s of %s: %d of %d used, %d reserved, %d given back",
                balance.grant(),
                balance.owner(),
                balance.used(),
                balance.limit(),
                balance.reserved(),
                balance.released()));
    answer("audit", AuditCommands.json(report));
    holds &= report.holds();
  }

  private void invite(Output output, Path home) {
    output.line("");
    output.line("The space goes on running. Ask it something:");
    output.line("  ./tidegate query --node %s/bank \"SELECT ...\"", home);
    output.line("  ./tidegate products --node %s/bank", home);
    output.line("  ./tidegate grant list --node %s/tax", home);
    output.line("  ./tidegate audit export --node %s/bank --out DIR", home);
    output.line("  ./tidegate space down --home %s", home);
    answer("home", home.toString());
  }
}
