package org.tidegate.connector.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What every command has: {@code --json}, an output, and one way to end. The root command is a
 * {@link Streams.Root}.
 */
public abstract class Command implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

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

  /** Machine output collected so far; a failure keeps what is there. */
  private final Map<String, Object> answer = new LinkedHashMap<>();

  /** Adds to the machine output. */
  protected final void answer(String key, Object value) {
    answer.put(key, value);
  }

  /**
   * Does it.
   *
   * @return the exit code
   * @throws Exception any failure; {@link Failures} puts it into words
   */
  protected abstract int run(Output output) throws Exception;

  @Override
  public final Integer call() {
    Output output = new Output(out(), err(), Optional.ofNullable(json));
    try {
      output.checkTarget();
    } catch (CommandException e) {
      output.note("tidegate: %s", e.getMessage());
      return e.exit();
    }
    int exit;
    try {
      exit = run(output);
    } catch (Throwable e) {
      // Errors too: nobody sees a stack trace, and a bug ends with its own exit code.
      CommandException told = Failures.of(e);
      String place =
          told.line().isPresent()
              ? "line " + told.line().getAsInt() + ", column " + told.column().orElse(1) + ": "
              : "";
      // As query says it: a refusal's code is what a reader looks up.
      String code = told.exit() == Exit.REFUSED ? " (" + told.code() + ")" : "";
      output.note("tidegate: %s%s%s", place, told.getMessage(), code);
      answer.put("error", Output.error(told));
      exit = told.exit();
    }
    output.json(name(spec()), exit, answer);
    return exit;
  }

  /** A command's name in its schema: {@code space.up}; of the root, {@code help}. */
  static String name(CommandSpec spec) {
    if (spec.parent() == null) {
      return "help";
    }
    String name = spec.name();
    for (CommandSpec parent = spec.parent();
        parent != null && parent.parent() != null;
        parent = parent.parent()) {
      name = parent.name() + "." + name;
    }
    return name;
  }

  /** What the command line knows of this command. */
  protected final CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("a command runs from the command line only");
    }
    return spec;
  }

  private PrintStream out() {
    return Streams.of(spec()).out();
  }

  private PrintStream err() {
    return Streams.of(spec()).err();
  }
}
