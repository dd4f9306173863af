package org.tidegate.connector.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * The process's own, in UTF-8 whatever the locale: machine output is UTF-8, and a name that a
   * locale cannot spell must not become a question mark.
   */
  public static Streams ofProcess() {
    return new Streams(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
  }

  static Streams of(CommandSpec spec) {
    return ((Root) spec.root().userObject()).streams();
  }

  /**
   * Runs a command. A wrong use says in one line what is wrong and where help is, and writes the
   * machine output where it was asked for.
   *
   * @param root the root command
   * @return the exit code
   */
  public static int run(Root root, String... args) {
    Streams streams = root.streams();
    CommandLine line = new CommandLine(root);
    line.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    line.setParameterExceptionHandler((e, words) -> streams.wrongUse(e, List.of(words)));
    line.setExecutionExceptionHandler((e, command, result) ->
        streams.fail(command.getCommandSpec(), Failures.of(e), List.of(args)));
    return line.execute(args);
  }

  private int wrongUse(CommandLine.ParameterException e, List<String> args) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    StringBuilder message = new StringBuilder(String.valueOf(e.getMessage()).strip());
    List<String> near =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    if (!near.isEmpty()) {
      message.append("; did you mean '").append(near.getFirst()).append("'?");
    }
    message.append("\nSee: ").append(command.qualifiedName()).append(" --help");
    return fail(command, new CommandException(Exit.USAGE, "cli.usage", message.toString()), args);
  }

  /** Ends a command that did not come to run. */
  private int fail(CommandSpec command, CommandException told, List<String> args) {
    Output output = new Output(out, err, jsonTarget(args));
    output.note("tidegate: %s", told.getMessage());
    try {
      output.checkTarget();
      output.json(Command.name(command), told.exit(), Map.of("error", Output.error(told)));
    } catch (CommandException unwritable) {
      output.note("tidegate: %s", unwritable.getMessage());
    }
    return told.exit();
  }

  /** What follows {@code --json}, in arguments that need not make sense otherwise. */
  private static Optional<String> jsonTarget(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i).startsWith("--json=")) {
        return Optional.of(args.get(i).substring("--json=".length()));
      }
      if (args.get(i).equals("--json") && i + 1 < args.size()) {
        return Optional.of(args.get(i + 1));
      }
    }
    return Optional.empty();
  }
}
