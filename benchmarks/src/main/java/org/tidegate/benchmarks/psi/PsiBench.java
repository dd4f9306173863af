package org.tidegate.benchmarks.psi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tidegate.benchmarks.Directories;
import org.tidegate.connector.cli.CommandException;
import org.tidegate.connector.cli.Exit;
import org.tidegate.connector.cli.Output;
import org.tidegate.connector.identity.PairIdentity;
import org.tidegate.connector.psi.PsiMethod;
import tools.jackson.databind.JsonNode;

/**
 * Measures the whole path: two processes that read a file each, intersect, and write the matching
 * rows. Both are warmed up with the files' first rows over the same connection. What is checked is
 * checked afterwards.
 */
final class PsiBench {
  /** Enough for the compiler to have seen each loop as long as in any larger run. */
  private static final long MOST_WARM_ROWS = 1 << 20;

  /** Larger sets are divided, and then so are those that warm up. */
  private static final long WHOLE_ROWS = 2L * PsiMethod.BUCKET_ROWS;

  private final Settings settings;
  private final Output output;

  /**
   * What to measure.
   *
   * @param files given ones, or empty
   * @param size rows of made-up ones
   * @param bitsPerSecond of the line, each way, or empty for the bare loopback interface
   * @param delay of the line, each way
   * @param warmRuns not measured, with the files' first 2^20 rows at most, or as many as are
   *     divided
   * @param runs measured
   */
  record Settings(
      Optional<PsiFiles.Pair> files,
      long size,
      String protocol,
      String security,
      Optional<Long> bitsPerSecond,
      Duration delay,
      int warmRuns,
      int runs) {}

  PsiBench(Settings settings, Output output) {
    this.settings = settings;
    this.output = output;
  }

  /**
   * Measures.
   *
   * @return what came out
   * @throws CommandException if a side fails or the result is wrong
   */
  PsiMeasurement run() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("tidegate-bench-psi-");
    try {
      return run(directory);
    } finally {
      Directories.delete(directory);
    }
  }

  private PsiMeasurement run(Path directory) throws IOException, InterruptedException {
    if (settings.files.isEmpty()) {
      output.note("making two files of %d rows", settings.size);
    }
    PsiFiles.Pair files =
        settings.files.orElseGet(() -> PsiFiles.make(directory, "made", settings.size));
    long leftRows = PsiFiles.rows(files.left());
    long rightRows = PsiFiles.rows(files.right());
    long most = Math.max(leftRows, rightRows);
    long warmRows = Math.min(most, most > WHOLE_ROWS ? WHOLE_ROWS + 1 : MOST_WARM_ROWS);
    PsiFiles.Pair warm = PsiFiles.head(directory, files, warmRows);
    Path out = directory.resolve("out.parquet");
    output.note(
        "%d runs to warm up with %d rows, then %d", settings.warmRuns, warmRows, settings.runs);
    List<PsiMeasurement.Both> runs = measure(directory, files, warm, out);
    output.note("checking the result");
    String wrong = PsiFiles.differences(files, out, runs.getLast().left().matches());
    if (!wrong.isEmpty()) {
      throw new CommandException(
          Exit.DOES_NOT_HOLD, "bench.wrong", "the result is wrong: " + wrong);
    }
    return PsiMeasurement.of(settings, leftRows, rightRows, runs);
  }

  private List<PsiMeasurement.Both> measure(
      Path directory, PsiFiles.Pair files, PsiFiles.Pair warm, Path out)
      throws IOException, InterruptedException {
    Path leftId = directory.resolve("left");
    Path rightId = directory.resolve("right");
    String leftName = fingerprint(leftId);
    String rightName = fingerprint(rightId);
    PsiProcess.Task right = task(false, 0, rightId, leftName, files, warm, out);
    try (Child listener = new Child(right)) {
      int port = listener.read(PsiProcess.Listening.class).port();
      try (ShapedLine line =
          settings.bitsPerSecond.isPresent()
              ? new ShapedLine(port, settings.bitsPerSecond.get(), settings.delay)
              : null) {
        int to = line == null ? port : line.port();
        try (Child connector = new Child(task(true, to, leftId, rightName, files, warm, out))) {
          List<PsiMeasurement.Both> runs = new ArrayList<>();
          for (int i = 0; i < settings.runs; i++) {
            PsiProcess.Run left = connector.read(PsiProcess.Run.class);
            runs.add(new PsiMeasurement.Both(left, listener.read(PsiProcess.Run.class)));
            output.note("run %d: %.3f s", i + 1, left.totalSeconds());
          }
          connector.end();
          listener.end();
          return runs;
        }
      }
    }
  }

  private PsiProcess.Task task(
      boolean receives,
      int port,
      Path identity,
      String peer,
      PsiFiles.Pair files,
      PsiFiles.Pair warm,
      Path out) {
    return new PsiProcess.Task(
        receives,
        port,
        identity.toString(),
        peer,
        (receives ? files.left() : files.right()).toString(),
        (receives ? warm.left() : warm.right()).toString(),
        files.key(),
        out.toString(),
        settings.protocol,
        settings.security,
        settings.warmRuns,
        settings.runs);
  }

  private static String fingerprint(Path directory) {
    return PairIdentity.openOrMake(directory, new SecureRandom(), InstantSource.system())
        .fingerprint();
  }

  /** One of the two processes, started with this one's JVM options. */
  private static final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    Child(PsiProcess.Task task) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(option -> !option.startsWith("-agentlib") && !option.startsWith("-javaagent"))
          .forEach(command::add);
      if (!command.contains("--add-modules=jdk.incubator.vector")) {
        command.add("--add-modules=jdk.incubator.vector");
      }
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(PsiProcess.class.getName());
      command.add(Output.mapper().writeValueAsString(task));
      // The JVM's own warnings are no news twice; failures come as lines of standard output.
      this.process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      this.lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    <T> T read(Class<T> type) {
      try {
        String line = lines.readLine();
        if (line == null) {
          throw new CommandException(
              Exit.ABORTED, "bench.process", "a process of the measurement ended without a word");
        }
        JsonNode node = Output.mapper().readTree(line);
        if (node.has("message")) {
          PsiProcess.Failed failed = Output.mapper().treeToValue(node, PsiProcess.Failed.class);
          throw new CommandException(failed.exit(), failed.code(), failed.message());
        }
        return Output.mapper().treeToValue(node, type);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits for its end after its last run. */
    void end() throws InterruptedException {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new CommandException(
            Exit.ABORTED, "bench.process", "a process of the measurement does not end");
      }
    }

    /** Ends it, if it still runs. */
    @Override
    public void close() throws InterruptedException {
      int unused = process.destroyForcibly().waitFor();
    }
  }
}
