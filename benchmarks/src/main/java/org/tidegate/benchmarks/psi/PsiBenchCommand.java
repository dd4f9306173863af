package org.tidegate.benchmarks.psi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.cli.CommandException;
import org.tidegate.connector.cli.Exit;
import org.tidegate.connector.cli.Failures;
import org.tidegate.connector.cli.Output;
import org.tidegate.connector.cli.Streams;
import org.tidegate.connector.psi.KeyedFile;
import org.tidegate.connector.psi.PsiInputException;
import org.tidegate.connector.psi.PsiProtocols;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidegate bench psi}. */
@Command(
    name = "psi",
    description = {
      "Times private set intersection from files to file: two processes, mutual TLS on loopback.",
      "The left side's matching rows are written. The result is checked, outside the time."
    },
    footer = {
      "",
      "Examples:",
      "  tidegate bench psi --size 1048576",
      "  tidegate bench psi --left a.parquet --right b.csv --key code --rate 100mbit --delay 10ms"
    })
public final class PsiBenchCommand implements Callable<Integer> {
  private static final Pattern RATE = Pattern.compile("(\\d{1,6})([kmg])bit");
  private static final Pattern DELAY = Pattern.compile("(\\d{1,5})ms");

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Rows a side, made up; half of them match.")
  long size;

  @Option(names = "--left", paramLabel = "FILE", description = "CSV or Parquet, instead of --size.")
  @Nullable Path left;

  @Option(names = "--right", paramLabel = "FILE", description = "CSV or Parquet.")
  @Nullable Path right;

  @Option(
      names = "--key",
      split = ",",
      paramLabel = "COLUMN",
      description = "The key's columns, with commas between.")
  List<String> key = List.of();

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description = "As of 'tidegate psi' (${DEFAULT-VALUE}).")
  String protocol = PsiProtocols.AUTO;

  @Option(
      names = "--security",
      paramLabel = "LEVEL",
      description = "semi-honest or malicious (${DEFAULT-VALUE}).")
  String security = "semi-honest";

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "Of the line between them, each way: such as 100mbit, 1gbit, 512kbit.")
  @Nullable String rate;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      description = "Of that line, each way: such as 10ms.")
  @Nullable String delay;

  @Option(
      names = "--warm",
      paramLabel = "RUNS",
      description =
          "Runs before the measured ones, of the first two million rows at most"
              + " (${DEFAULT-VALUE}).")
  int warm = 16;

  @Option(
      names = "--runs",
      paramLabel = "R",
      description = "Measured runs, of which the median is told (${DEFAULT-VALUE}).")
  int runs = 1;

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
      PsiMeasurement measurement = new PsiBench(settings(), output).run();
      measurement.table().forEach(line -> output.line("%s", line));
      output.json("bench", Exit.OK, measurement.json());
      return Exit.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.ABORTED;
    } catch (Exception e) {
      CommandException told =
          e instanceof PsiInputException input
              ? new CommandException(Exit.USAGE, input.code(), input.getMessage())
              : Failures.of(e);
      output.note("tidegate: %s", told.getMessage());
      output.json("bench", told.exit(), Map.of("error", Output.error(told)));
      return told.exit();
    }
  }

  private PsiBench.Settings settings() {
    PsiProtocols.require(protocol, PsiProtocols.adversary(security));
    if (runs < 1 || warm < 0) {
      throw usage("--runs must be at least 1, and --warm at least 0");
    }
    Optional<PsiFiles.Pair> files = files();
    if (files.isEmpty() && (size < 1 || size > 1 << 26)) {
      throw usage("say --size, from 1 to " + (1 << 26) + ", or --left, --right and --key");
    }
    if (delay != null && rate == null) {
      throw usage("--delay is of a line, whose --rate is missing, such as 1gbit");
    }
    return new PsiBench.Settings(
        files,
        size,
        protocol,
        security,
        Optional.ofNullable(rate).map(PsiBenchCommand::bitsPerSecond),
        Optional.ofNullable(delay).map(PsiBenchCommand::duration).orElse(Duration.ZERO),
        warm,
        runs);
  }

  private Optional<PsiFiles.Pair> files() {
    if (left == null && right == null) {
      return Optional.empty();
    }
    if (left == null || right == null || key.isEmpty() || size != 0) {
      throw usage("--left, --right and --key go together, and without --size");
    }
    try (KeyedFile a = KeyedFile.open(left, key);
        KeyedFile b = KeyedFile.open(right, key)) {
      a.requireMatches(b.kinds(), right.toString());
    }
    return Optional.of(new PsiFiles.Pair(left, right, key));
  }

  private static long bitsPerSecond(String text) {
    Matcher matcher = RATE.matcher(text);
    long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    if (number == 0) {
      throw usage("--rate " + text + " is no rate such as 100mbit");
    }
    return switch (matcher.group(2)) {
      case "k" -> number * 1000;
      case "m" -> number * 1_000_000;
      default -> number * 1_000_000_000;
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = DELAY.matcher(text);
    if (!matcher.matches()) {
      throw usage("--delay " + text + " is no time such as 10ms");
    }
    return Duration.ofMillis(Long.parseLong(matcher.group(1)));
  }

  private static CommandException usage(String message) {
    return new CommandException(Exit.USAGE, "cli.usage", message);
  }
}
