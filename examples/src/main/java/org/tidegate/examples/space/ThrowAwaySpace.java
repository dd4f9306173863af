package org.tidegate.examples.space;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidegate.connector.cli.LocalSpace;
import org.tidegate.connector.cli.Output;

/**
 * A space in a directory of its own under the system's temporary one. Unless it is kept, its nodes
 * are stopped and its files deleted when this is closed, and also when the process is told to end
 * before that (Ctrl-C).
 */
public final class ThrowAwaySpace implements AutoCloseable {
  private final Path directory;
  private final Thread atExit = new Thread(this::end, "end-space");
  private boolean over;

  private ThrowAwaySpace(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes the directory; nothing runs yet.
   *
   * @param name what it is for, as it stands in the directory's name
   */
  public static ThrowAwaySpace create(String name) throws IOException {
    ThrowAwaySpace space = new ThrowAwaySpace(Files.createTempDirectory("tidegate-" + name + "-"));
    Runtime.getRuntime().addShutdownHook(space.atExit);
    return space;
  }

  /** Where it lies; also for files that shall go with it. */
  public Path directory() {
    return directory;
  }

  /** The home of the space: the authority's, with one directory for each participant. */
  public Path home() {
    return directory.resolve("space");
  }

  /** Starts it on the embedded ledger, as {@link LocalSpace#up}. */
  public LocalSpace up(Path data, Optional<Path> grants, Output output)
      throws IOException, InterruptedException {
    return up(data, grants, LocalSpace.LedgerKind.EMBEDDED, output);
  }

  /** Starts it on a ledger of one's choice. */
  public LocalSpace up(
      Path data, Optional<Path> grants, LocalSpace.LedgerKind ledger, Output output)
      throws IOException, InterruptedException {
    return LocalSpace.up(data, home(), grants, ledger, output);
  }

  /** From now on it outlives this object and this process. */
  public synchronized void keep() {
    over = true;
  }

  /** Stops the nodes and deletes the files, unless it is kept. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs, and finds nothing left to do.
    }
  }

  private synchronized void end() {
    if (over) {
      return;
    }
    over = true;
    try {
      if (LocalSpace.isIn(home())) {
        List<LocalSpace.NodeInfo> unused = LocalSpace.down(home());
      }
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the directory " + directory + " could not be deleted", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
