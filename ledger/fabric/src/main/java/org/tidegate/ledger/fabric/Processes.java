package org.tidegate.ledger.fabric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The processes of a network, remembered in files with their id and when they began: process ids
 * are used again, and nothing is ever stopped that was not started here.
 */
final class Processes {
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final int LOG_LINES = 8;

  /** The system tells a beginning relative to its own, which corrections of the clock move. */
  private static final long CLOCK_MILLIS = 2_000;

  /** What a program is given of this process's environment. */
  private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ");

  private final NetworkLayout layout;

  Processes(NetworkLayout layout) {
    this.layout = layout;
  }

  /**
   * Starts a program unless it runs already; what it prints is appended to its log.
   *
   * @param name of the process
   * @param environment added to the little that it inherits
   */
  void start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    if (find(name).isPresent()) {
      return;
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(layout.directory().toFile());
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(environment);
    Path temporary = Files.createDirectories(layout.directory().resolve("tmp"));
    builder.environment().put("TMPDIR", temporary.toString());
    Path log = layout.logFile(name);
    Files.createDirectories(log.getParent());
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    Path file = layout.pidFile(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        process.pid() + " " + began(process.toHandle()).toEpochMilli() + "\n",
        StandardCharsets.US_ASCII);
  }

  private static Instant began(ProcessHandle handle) {
    return handle.info().startInstant().orElse(Instant.EPOCH);
  }

  /** The process of that name, if it is still running. */
  Optional<ProcessHandle> find(String name) {
    try {
      String[] parts =
          Files.readString(layout.pidFile(name), StandardCharsets.US_ASCII).strip().split(" ", -1);
      long began = Long.parseLong(parts[1]);
      return ProcessHandle.of(Long.parseLong(parts[0]))
          .filter(ProcessHandle::isAlive)
          .filter(handle -> Math.abs(began(handle).toEpochMilli() - began) <= CLOCK_MILLIS);
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      // Never started, stopped, or the file was being written when the machine went down.
      return Optional.empty();
    }
  }

  /**
   * Asks processes to end, and makes those that do not.
   *
   * @return the names of those that were running
   */
  List<String> stop(List<String> names) throws IOException {
    List<String> stopped = new ArrayList<>();
    List<ProcessHandle> handles = new ArrayList<>();
    for (String name : names) {
      find(name)
          .ifPresent(handle -> {
            stopped.add(name);
            handles.add(handle);
            boolean unused = handle.destroy();
          });
    }
    long until = System.nanoTime() + STOP.toNanos();
    for (ProcessHandle handle : handles) {
      try {
        ProcessHandle unused =
            handle.onExit().get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException | ExecutionException e) {
        boolean unused = handle.destroyForcibly();
      } catch (InterruptedException e) {
        boolean unused = handle.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    for (String name : names) {
      Files.deleteIfExists(layout.pidFile(name));
    }
    return stopped;
  }

  /** The end of a process's log, for a message. */
  String lastWords(String name) {
    try {
      List<String> lines = Files.readAllLines(layout.logFile(name), StandardCharsets.UTF_8);
      return layout.logFile(name)
          + ":\n  "
          + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return layout.logFile(name) + " cannot be read";
    }
  }
}
