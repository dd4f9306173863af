package org.tidegate.connector.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command line writes.
 *
 * @param out for results
 * @param err for progress and messages
 */
public record Streams(PrintStream out, PrintStream err) {
  /** A root command, which knows where its commands write. */
  public interface Root {
    /** Where the commands write. */
    Streams streams();
  }

  static Streams of(CommandSpec spec) {
    return ((Root) spec.root().userObject()).streams();
  }

  /**
   * Runs a command.
   *
   * @param root the root command
   * @return the exit code
   */
  public static int run(Root root, String... args) {
    Streams streams = root.streams();
    CommandLine line = new CommandLine(root);
    line.setOut(new PrintWriter(streams.out(), true));
    line.setErr(new PrintWriter(streams.err(), true));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, commandLine, result) -> {
      CommandException told = Failures.of(e);
      streams.err().println("tidegate: " + told.getMessage());
      return told.exit();
    });
    return line.execute(args);
  }
}
