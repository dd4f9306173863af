package org.tidegate.connector.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tidegate.connector.app.NodeScratch;

/**
 * A node in a process of its own: {@code tidegate start --home HOME}, with this process's Java and
 * class path.
 */
final class NodeProcess {
  private static final String LOG = "node.log";

  /** What a node needs of its JVM whatever this process was given: vectors, and a quick end. */
  private static final List<String> JVM_OPTIONS =
      List.of("--add-modules=jdk.incubator.vector", "-XX:+ExitOnOutOfMemoryError");

  private static final int LOG_LINES = 12;
  private static final long STOP_SECONDS = 20;

  private NodeProcess() {}

  /** Starts the node of a home; what it prints goes to {@code node.log} there. */
  static Process start(Path home) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // A debugger or an agent of this process is none of the node's.
      if (!argument.startsWith("-agentlib") && !argument.startsWith("-javaagent")) {
        command.add(argument);
      }
    }
    for (String option : JVM_OPTIONS) {
      if (!command.contains(option)) {
        command.add(option);
      }
    }
    if (!NodeScratch.isGiven(command)) {
      command.add(NodeScratch.jvmOption(home));
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "start",
            "--home",
            home.toAbsolutePath().toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve(LOG).toFile()))
        .start();
  }

  /** The last lines of a node's log, for a message. */
  static String lastWords(Path home) {
    try {
      List<String> lines = Files.readAllLines(home.resolve(LOG), StandardCharsets.UTF_8);
      return String.join(
          "\n  ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "its log " + home.resolve(LOG) + " cannot be read: " + e.getMessage();
    }
  }

  /** The process, if it is still the one that began at that time: process ids are used again. */
  static Optional<ProcessHandle> find(long pid, Instant started) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().startInstant().equals(Optional.of(started)));
  }

  /** When a process began, as the system says. */
  static Instant started(ProcessHandle handle) {
    return handle.info().startInstant().orElse(Instant.EPOCH);
  }

  /** Asks a process to end, and makes it after a while. */
  static void stop(List<ProcessHandle> handles) throws InterruptedException {
    handles.forEach(ProcessHandle::destroy);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    for (ProcessHandle handle : handles) {
      try {
        ProcessHandle unused =
            handle.onExit().get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException | ExecutionException e) {
        boolean forced = handle.destroyForcibly();
        if (!forced && handle.isAlive()) {
          throw new CommandException(
              Exit.ABORTED, "cli.stop", "the process " + handle.pid() + " cannot be stopped");
        }
      }
    }
  }
}
