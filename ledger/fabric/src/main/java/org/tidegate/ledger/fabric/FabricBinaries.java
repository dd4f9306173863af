package org.tidegate.ledger.fabric;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two programs of a Fabric release that a network here is made of.
 *
 * @param peer the {@code peer} program
 * @param orderer the {@code orderer} program of the same release
 * @param version the release, such as {@code 2.5.12}
 */
public record FabricBinaries(Path peer, Path orderer, String version) {
  /** The environment variable that names the directory of the programs. */
  public static final String VARIABLE = "FABRIC_BIN";

  private static final String WANTED = "Fabric 2.5 LTS or 3.x";
  private static final Pattern VERSION = Pattern.compile("Version: v?(\\d+\\.\\d+\\.\\d+\\S*)");
  private static final Pattern SUPPORTED = Pattern.compile("(2\\.5|3\\.\\d+)\\..*");
  private static final long ANSWER_SECONDS = 20;

  /** Whether the release is of the line before 3.0, whose orderer has other settings. */
  boolean isVersion2() {
    return version.startsWith("2.");
  }

  /**
   * Finds the programs: in the directory that {@code FABRIC_BIN} names (and then nowhere else), on
   * the {@code PATH}, in {@code ~/.tidegate/fabric/bin}.
   *
   * @param environment such as {@link System#getenv()}
   * @param userHome the user's home directory
   * @throws FabricException naming what is missing and where it was looked for
   */
  public static FabricBinaries find(Map<String, String> environment, Path userHome) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      return in(Path.of(named));
    }
    for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (!entry.isEmpty() && missing(Path.of(entry)).isEmpty()) {
        return in(Path.of(entry));
      }
    }
    Path own = userHome.resolve(".tidegate/fabric/bin");
    if (missing(own).isEmpty()) {
      return in(own);
    }
    throw FabricException.ofInput(
        "no Fabric programs found: a network needs 'peer' and 'orderer' of "
            + WANTED
            + ", together in one directory. Looked at "
            + VARIABLE
            + " (not set), the PATH, and "
            + own
            + "; put them there, or set "
            + VARIABLE
            + " to their directory");
  }

  /**
   * The programs in a directory.
   *
   * @throws FabricException if one is missing, does not run, or is of a release that is not served
   */
  public static FabricBinaries in(Path directory) {
    List<String> missing = missing(directory);
    if (!missing.isEmpty()) {
      throw FabricException.ofInput(
          "no program "
              + String.join(" and no ", missing)
              + " in "
              + directory
              + "; a network needs 'peer' and 'orderer' of "
              + WANTED
              + " there, both executable");
    }
    Path peer = directory.resolve("peer").toAbsolutePath();
    Path orderer = directory.resolve("orderer").toAbsolutePath();
    String version = version(peer);
    String other = version(orderer);
    if (!version.equals(other)) {
      throw FabricException.ofInput(
          "in " + directory + " the peer is of release " + version + ", the orderer of " + other);
    }
    if (!SUPPORTED.matcher(version).matches()) {
      throw FabricException.ofInput(
          "the programs in " + directory + " are of Fabric " + version + "; needed is " + WANTED);
    }
    return new FabricBinaries(peer, orderer, version);
  }

  private static List<String> missing(Path directory) {
    List<String> missing = new ArrayList<>();
    for (String program : List.of("peer", "orderer")) {
      Path file = directory.resolve(program);
      if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
        missing.add(program);
      }
    }
    return missing;
  }

  private static String version(Path program) {
    try {
      Process process = new ProcessBuilder(program.toString(), "version").start();
      process.getOutputStream().close();
      String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        Matcher matcher = VERSION.matcher(told);
        if (matcher.find()) {
          return matcher.group(1);
        }
      } else {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new FabricException(program + " does not run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FabricException("interrupted while asking " + program + " for its release", e);
    }
    throw FabricException.ofInput(
        program + " does not say its release when run as '" + program.getFileName() + " version'");
  }
}
