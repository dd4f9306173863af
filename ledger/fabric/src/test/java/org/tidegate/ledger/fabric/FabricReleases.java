package org.tidegate.ledger.fabric;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Fabric releases that tests run on: those in the directories that {@code TIDEGATE_TEST_FABRIC}
 * lists, or else the one that the product itself would find, or none.
 */
final class FabricReleases {
  private static final String LIST = "TIDEGATE_TEST_FABRIC";
  private static final List<FabricBinaries> FOUND = look();

  private FabricReleases() {}

  private static List<FabricBinaries> look() {
    String listed = System.getenv().getOrDefault(LIST, "");
    if (!listed.isEmpty()) {
      return Stream.of(listed.split(File.pathSeparator, -1))
          .map(directory -> FabricBinaries.in(Path.of(directory)))
          .toList();
    }
    try {
      return List.of(
          FabricBinaries.find(System.getenv(), Path.of(System.getProperty("user.home"))));
    } catch (FabricException none) {
      System.out.println("REAL FABRIC NOT RUN: " + none.getMessage());
      return List.of();
    }
  }

  /** The release of a line, such as {@code 2.} or {@code 3.}, if one was found. */
  static Optional<FabricBinaries> ofLine(String line) {
    return FOUND.stream().filter(release -> release.version().startsWith(line)).findFirst();
  }

  /**
   * The contract service's class path: as the build packed it, or, where only tests were asked for,
   * this test's own.
   */
  static List<Path> contractClassPath() {
    String packed = System.getProperty("tidegate.test.chaincode", "");
    if (!packed.isEmpty() && Files.isDirectory(Path.of(packed))) {
      return List.of(Path.of(packed, "*"));
    }
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }
}
