package org.tidegate.benchmarks.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.cli.CommandException;
import org.tidegate.connector.cli.Exit;
import org.tidegate.connector.cli.Failures;
import org.tidegate.connector.cli.LocalSpace;
import org.tidegate.connector.cli.Output;
import org.tidegate.connector.cli.Streams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidegate bench ledger}. */
@Command(
    name = "ledger",
    description = {
      "Times reservations, receipts and settlements: a space of two nodes on this machine.",
      "Beside them a transaction that does nothing, in the same run: what the ledger itself costs."
    },
    footer = {
      "",
      "Examples:",
      "  tidegate bench ledger",
      "  tidegate bench ledger --ledger fabric --clients 64 --grants 1 --runs 3"
    })
public final class LedgerBenchCommand implements Callable<Integer> {
  private static final int MAX_CLIENTS = 256;
  private static final int MAX_GRANTS = 10_000;
  private static final int MAX_WARM = 1_000;

  @Option(
      names = "--ledger",
      paramLabel = "KIND",
      description = "embedded or fabric (${DEFAULT-VALUE}).")
  String ledger = "embedded";

  @Option(
      names = "--clients",
      split = ",",
      paramLabel = "N",
      description = "Callers at a time; several with commas between (1,64).")
  List<Integer> clients = List.of(1, 64);

  @Option(
      names = "--grants",
      split = ",",
      paramLabel = "N",
      description = "Grants over which uses are spread; several with commas between (1,1000).")
  List<Integer> grants = List.of(1, 1000);

  @Option(
      names = "--warm",
      paramLabel = "W",
      description = "Rounds before the measured ones, for the JIT of the nodes (${DEFAULT-VALUE}).")
  int warm = 8;

  @Option(
      names = "--runs",
      paramLabel = "R",
      description = "Measured runs, of which the median is told (${DEFAULT-VALUE}).")
  int runs = 3;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the answer as JSON; - is standard output.")
  @Nullable String json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Say how to use this command.")
  boolean help;

  @Override
  public Integer call() {
    Streams streams = Streams.ofProcess();
    Output output = new Output(streams.out(), streams.err(), Optional.ofNullable(json));
    try {
      LedgerRates rates = new LedgerBench(settings(), output).run();
      rates.table().forEach(line -> output.line("%s", line));
      output.json("bench", Exit.OK, rates.json());
      return Exit.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.ABORTED;
    } catch (Exception e) {
      CommandException told = Failures.of(e);
      output.note("tidegate: %s", told.getMessage());
      output.json("bench", told.exit(), Map.of("error", Output.error(told)));
      return told.exit();
    }
  }

  private LedgerBench.Settings settings() {
    if (runs < 1) {
      throw usage("--runs must be at least 1");
    }
    if (warm < 0 || warm > MAX_WARM) {
      throw usage("--warm takes numbers from 0 to " + MAX_WARM);
    }
    within("--clients", clients, MAX_CLIENTS);
    within("--grants", grants, MAX_GRANTS);
    return new LedgerBench.Settings(
        LocalSpace.LedgerKind.of(ledger), List.copyOf(clients), List.copyOf(grants), warm, runs);
  }

  private static void within(String option, List<Integer> values, int most) {
    if (values.isEmpty() || values.stream().anyMatch(value -> value < 1 || value > most)) {
      throw usage(option + " takes numbers from 1 to " + most);
    }
  }

  private static CommandException usage(String message) {
    return new CommandException(Exit.USAGE, "cli.usage", message);
  }
}
