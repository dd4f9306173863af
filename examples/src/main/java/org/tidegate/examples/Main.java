package org.tidegate.examples;

import java.io.PrintStream;
import org.tidegate.connector.cli.CommandException;
import org.tidegate.connector.cli.Exit;
import org.tidegate.connector.cli.Streams;
import org.tidegate.examples.crosscheck.CrosscheckCommand;
import org.tidegate.examples.demo.DemoCommand;
import picocli.CommandLine;

/** {@code tidegate demo} and {@code tidegate crosscheck}. */
@CommandLine.Command(
    name = "tidegate",
    subcommands = {DemoCommand.class, CrosscheckCommand.class})
public final class Main implements Runnable, Streams.Root {
  private final Streams streams;

  private Main(Streams streams) {
    this.streams = streams;
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
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

  /** Without a command: says what there is, which is a wrong use. */
  @Override
  public void run() {
    CommandLine.usage(this, streams.err());
    throw new CommandException(Exit.USAGE, "cli.usage", "name a command: demo or crosscheck");
  }
}
