package org.tidegate.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import org.tidegate.benchmarks.correlations.CorrelationBench;
import org.tidegate.benchmarks.kernels.KernelBench;
import org.tidegate.benchmarks.kernels.TimingTest;
import org.tidegate.benchmarks.ledger.LedgerBenchCommand;
import org.tidegate.benchmarks.psi.PsiBenchCommand;
import org.tidegate.connector.cli.Exit;
import org.tidegate.connector.cli.Output;
import org.tidegate.mpc.lane.simd.VectorWidth;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate bench}: measurements, with rivals beside us. */
@Command(
    name = "tidegate bench",
    description = "Measures; rivals run in the same run, so ratios count.",
    subcommands = {
      Main.Kernels.class,
      Main.Correlations.class,
      Main.Timing.class,
      LedgerBenchCommand.class,
      PsiBenchCommand.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Say how to use this command.")
  boolean help;

  private Main() {}

  /**
   * Runs a command, with or without a leading {@code bench}, and ends the process with its exit
   * code.
   */
  public static void main(String[] args) {
    List<String> list = Arrays.asList(args);
    if (!list.isEmpty() && list.getFirst().equals("bench")) {
      list = list.subList(1, list.size());
    }
    System.exit(run(list));
  }

  /** Runs a command; without one, says what there is. */
  static int run(List<String> args) {
    return new CommandLine(new Main()).execute(args.toArray(String[]::new));
  }

  @Command(name = "kernels", description = "Times the cryptographic kernels on one core.")
  static final class Kernels implements java.util.concurrent.Callable<Integer> {
    @Spec CommandLine.Model.@Nullable CommandSpec spec;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Say how to use this command.")
    boolean help;

    @Option(
        names = "--filter",
        paramLabel = "RE",
        description = "Only kernels whose name contains a match.")
    String filter = "";

    @Option(
        names = "--runs",
        paramLabel = "R",
        description = "JVMs per kernel and implementation (${DEFAULT-VALUE}).")
    int runs = 2;

    @Option(
        names = "--json",
        paramLabel = "FILE",
        description = "Also write the answer as JSON; - is standard output.")
    @Nullable String json;

    @Override
    public Integer call() throws RunnerException {
      PrintStream out = System.out;
      Output output = new Output(out, System.err, Optional.ofNullable(json));
      if (runs < 1) {
        throw usage("--runs must be at least 1, and is " + runs);
      }
      try {
        Pattern kernels = Pattern.compile(filter);
        KernelBench bench = KernelBench.run(kernels, runs, output);
        if (bench.isEmpty()) {
          throw usage("no kernel's name matches " + filter);
        }
        bench.table().forEach(line -> output.line("%s", line));
        output.json("bench", Exit.OK, bench.json());
        return Exit.OK;
      } catch (PatternSyntaxException e) {
        throw usage("--filter is no regular expression: " + e.getMessage());
      }
    }

    private ParameterException usage(String message) {
      if (spec == null) {
        throw new IllegalStateException("a command runs from the command line only");
      }
      return new ParameterException(spec.commandLine(), message);
    }
  }

  @Command(
      name = "correlations",
      description = "Times transfers and linear evaluations, both parties in this process.")
  static final class Correlations implements java.util.concurrent.Callable<Integer> {
    @Spec CommandLine.Model.@Nullable CommandSpec spec;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Say how to use this command.")
    boolean help;

    @Option(
        names = "--size",
        paramLabel = "N",
        description = "Transfers and elements of a run (${DEFAULT-VALUE}).")
    int size = 1 << 20;

    @Option(
        names = "--threads",
        paramLabel = "T",
        description = "Workers of each party (${DEFAULT-VALUE}).")
    int threads = 1;

    @Option(
        names = "--runs",
        paramLabel = "R",
        description = "Measured runs, after as many to warm up (${DEFAULT-VALUE}).")
    int runs = 5;

    @Option(
        names = "--json",
        paramLabel = "FILE",
        description = "Also write the answer as JSON; - is standard output.")
    @Nullable String json;

    @Override
    public Integer call() {
      if (spec == null) {
        throw new IllegalStateException("a command runs from the command line only");
      }
      if (size < 1 || size > 1 << 24) {
        throw new ParameterException(
            spec.commandLine(), "--size must be 1 to 16777216, and is " + size);
      }
      if (threads < 1 || runs < 1) {
        throw new ParameterException(spec.commandLine(), "--threads and --runs must be at least 1");
      }
      PrintStream out = System.out;
      Output output = new Output(out, System.err, Optional.ofNullable(json));
      List<CorrelationBench.Result> results = new CorrelationBench(size, threads, runs).run();
      results.forEach(result -> output.line("%s", result.line()));
      output.json(
          "bench",
          Exit.OK,
          Map.of("correlations", results.stream().map(CorrelationBench.Result::json).toList()));
      return Exit.OK;
    }
  }

  @Command(
      name = "timing",
      description = "Tests by Welch's t whether the kernels' time depends on secrets.")
  static final class Timing implements java.util.concurrent.Callable<Integer> {
    @Spec CommandLine.Model.@Nullable CommandSpec spec;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Say how to use this command.")
    boolean help;

    @Option(
        names = "--samples",
        paramLabel = "N",
        description = "Measured calls per kernel (${DEFAULT-VALUE}).")
    int samples = 20_000;

    @Option(
        names = "--json",
        paramLabel = "FILE",
        description = "Also write the answer as JSON; - is standard output.")
    @Nullable String json;

    @Override
    public Integer call() {
      if (spec == null) {
        throw new IllegalStateException("a command runs from the command line only");
      }
      int bits = VectorWidth.bits();
      if (bits < 256) {
        throw new ParameterException(
            spec.commandLine(), "this machine has no lanes to test: vectors of " + bits + " bits");
      }
      if (samples < 100) {
        throw new ParameterException(
            spec.commandLine(), "--samples must be at least 100, and is " + samples);
      }
      PrintStream out = System.out;
      Output output = new Output(out, System.err, Optional.ofNullable(json));
      List<TimingTest.Result> results =
          new TimingTest(samples).run(bits >= 512 ? "lanes512" : "lanes256");
      results.forEach(result -> output.line("%s", result.line()));
      boolean holds = results.stream().allMatch(TimingTest.Result::holds);
      int exit = holds ? Exit.OK : Exit.DOES_NOT_HOLD;
      output.json(
          "bench", exit, Map.of("timing", results.stream().map(TimingTest.Result::json).toList()));
      return exit;
    }
  }
}
