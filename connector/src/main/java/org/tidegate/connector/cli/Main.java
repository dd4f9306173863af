package org.tidegate.connector.cli;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;

/** The command line. */
@CommandLine.Command(
    name = "tidegate",
    description = "Joint SQL between institutions that share nothing but the answer.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SpaceCommands.Space.class,
      NodeCommands.Init.class,
      NodeCommands.Join.class,
      NodeCommands.Renew.class,
      StartCommand.class,
      StatusCommand.class,
      ParticipantCommands.Participant.class,
      PolicyCommands.Policy.class,
      CatalogCommands.Publish.class,
      CatalogCommands.Products.class,
      GrantCommands.Grant.class,
      DemandCommands.Request.class,
      DemandCommands.Product.class,
      QueryCommands.Query.class,
      QueryCommands.Explain.class,
      JobCommands.Job.class,
      DisputeCommands.Dispute.class,
      NoteCommands.Note.class,
      AuditCommands.Audit.class,
      FabricCommands.Fabric.class,
      PsiCommand.class,
      VersionCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Also: tidegate demo, tidegate crosscheck, tidegate bench (each with --help).",
      "Exit codes: 0 it holds, 1 checked and it does not hold, 2 usage or bad input, 3 refused,",
      "4 aborted (peer, network, ledger), 70 a bug of ours."
    })
public final class Main implements Runnable, Streams.Root {
  private static final Set<String> OTHERS =
      new LinkedHashSet<>(List.of("demo", "crosscheck", "bench"));

  private final Streams streams;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Say what commands there are.")
  boolean help;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  private Main(Streams streams) {
    this.streams = streams;
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Libraries and the ledger log by java.util.logging, which would print two lines an event.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Streams streams = Streams.ofProcess();
    System.exit(run(streams.out(), streams.err(), args));
  }

  /**
   * Runs a command.
   *
   * @param out for results
   * @param err for progress and messages
   * @return the exit code
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    return Streams.run(new Main(new Streams(out, err)), args);
  }

  @Override
  public Streams streams() {
    return streams;
  }

  @Override
  public Set<String> others() {
    return OTHERS;
  }

  /** Without a command: says what there is, which is a wrong use. */
  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(streams.err());
    }
    throw new CommandException(Exit.USAGE, "cli.usage", "name a command");
  }
}
