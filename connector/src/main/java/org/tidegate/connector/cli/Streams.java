package org.tidegate.connector.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidegate.connector.catalog.Names;
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

    /** Commands that the launcher finds elsewhere; for messages. */
    default Set<String> others() {
      return Set.of();
    }
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
    CommandException told = new CommandException(Exit.USAGE, "cli.usage", words(e, command, args));
    int exit = fail(command, told, args);
    err.println("See: " + command.qualifiedName() + " --help");
    return exit;
  }

  /** What is wrong with the arguments, and what would fit. */
  private static String words(
      CommandLine.ParameterException e, CommandSpec command, List<String> args) {
    Set<String> commands = command.subcommands().keySet();
    Optional<String> unknown = unknownOption(command, args);
    return switch (e) {
      // A misspelt option is the likelier reason than the one that is missing then.
      case CommandLine.MissingParameterException missing when unknown.isPresent() ->
          noOption(command, unknown.get());
      case CommandLine.MissingParameterException missing -> missing(missing);
      case CommandLine.UnmatchedArgumentException unmatched -> {
        String first = unmatched.getUnmatched().getFirst();
        yield first.startsWith("-")
            ? noOption(command, first.replaceFirst("=.*", ""))
            : commands.isEmpty()
                ? "'" + first + "' is one argument too many"
                : noCommand(command, first);
      }
      default ->
          commands.isEmpty()
              ? String.valueOf(e.getMessage()).strip()
              : "name a command: " + String.join(", ", commands);
    };
  }

  private static Optional<String> unknownOption(CommandSpec command, List<String> args) {
    return args.stream()
        .filter(word -> word.startsWith("--") && word.length() > 2)
        .map(word -> word.replaceFirst("=.*", ""))
        .filter(word -> command.findOption(word) == null)
        .findFirst();
  }

  private static String missing(CommandLine.MissingParameterException e) {
    String missing =
        e.getMissing().stream()
            .map(argument ->
                argument instanceof CommandLine.Model.OptionSpec option
                    ? option.longestName() + " " + option.paramLabel()
                    : argument.paramLabel())
            .collect(Collectors.joining(", "));
    return String.valueOf(e.getMessage()).startsWith("Missing required parameter for option")
        ? "a value is missing: " + missing
        : "missing: " + missing;
  }

  private static String noOption(CommandSpec command, String option) {
    return "there is no option '"
        + option
        + "'"
        + Names.hint(option, command.optionsMap().keySet());
  }

  /** That there is no such command, and the nearest, or all. */
  static String noCommand(CommandSpec command, String word) {
    Set<String> commands = new LinkedHashSet<>(command.subcommands().keySet());
    if (command.userObject() instanceof Root root) {
      commands.addAll(root.others());
    }
    return "'"
        + command.qualifiedName()
        + "' has no command '"
        + word
        + "'"
        + (Names.nearest(word, commands).isEmpty()
            ? "; there are " + String.join(", ", commands)
            : Names.hint(word, commands));
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
