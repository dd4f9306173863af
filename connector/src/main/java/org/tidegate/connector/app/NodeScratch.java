package org.tidegate.connector.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tidegate.connector.identity.PrivateFiles;

/**
 * {@code HOME/tmp}: a node's temporary files. The drivers of DuckDB and SQLite unpack some 70 MB of
 * native code on each start and delete it when the JVM ends in order; a killed node's would pile up
 * in a directory that nobody looks into.
 */
public final class NodeScratch {
  private static final String DIRECTORY = "tmp";
  private static final String OPTION = "-Djava.io.tmpdir=";

  /** What a bug's message points at, for the user to send to us. */
  private static final String KEPT = "-bug.txt";

  private NodeScratch() {}

  /**
   * What makes a JVM that runs the node of a home put its temporary files there. The JDK reads it
   * while it starts: a property set later changes nothing.
   *
   * @param home a participant's home; the directory is made in it
   */
  public static String jvmOption(Path home) {
    Path directory = home.toAbsolutePath().resolve(DIRECTORY);
    PrivateFiles.makeHome(directory);
    return OPTION + directory;
  }

  /** Whether the options of a JVM say already where temporary files go. */
  public static boolean isGiven(List<String> jvmOptions) {
    return jvmOptions.stream().anyMatch(option -> option.startsWith(OPTION));
  }

  /** Deletes what earlier processes left there. The home must be locked by this one. */
  static void clean(Path home) throws IOException {
    Path directory = home.resolve(DIRECTORY);
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> left;
    try (Stream<Path> walk = Files.walk(directory)) {
      left =
          walk.filter(path -> !path.equals(directory) && !path.toString().endsWith(KEPT))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path path : left) {
      Files.deleteIfExists(path);
    }
  }
}
