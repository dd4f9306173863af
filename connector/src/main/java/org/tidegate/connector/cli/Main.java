package org.tidegate.connector.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The command line. */
@CommandLine.Command(
    name = "tidegate",
    description = "Joint SQL between institutions that share nothing but the answer.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      NodeCommands.Init.class,
      NodeCommands.Join.class,
      NodeCommands.Renew.class,
      CatalogCommands.Publish.class,
      CatalogCommands.Products.class,
      GrantCommands.Grant.class,
      QueryCommands.Query.class,
      QueryCommands.Explain.class,
      JobCommands.Job.class,
      AuditCommands.Audit.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Also: tidegate demo, tidegate crosscheck, tidegate bench (each with --help).",
      "Exit codes: 0 it holds, 1 checked and it does not hold, 2 usage or bad input, 3 refused,",
      "4 aborted (peer, network, ledger), 70 a bug of ours."
    })
public final class Main implements Runnable {
  private final Streams streams;

  /** Where a command line writes. */
  record Streams(PrintStream out, PrintStream err) {}

  private Main(Streams streams) {
    this.streams = streams;
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /**
   * Runs a command.
   *
   * @param out for results
   * @param err for progress and messages
   * @return the exit code
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    CommandLine line = new CommandLine(new Main(new Streams(out, err)));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, commandLine, result) -> {
      CommandException told = Failures.of(e);
      err.println("tidegate: " + told.getMessage());
      return told.exit();
    });
    return line.execute(args);
  }

  static Streams streams(CommandSpec spec) {
    return ((Main) spec.root().userObject()).streams;
  }

  /** Without a command: says what there is, which is a wrong use. */
  @Override
  public void run() {
    CommandLine.usage(this, streams.err());
    throw new CommandException(Exit.USAGE, "cli.usage", "name a command");
  }
}
