package org.tidegate.connector.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which build this is.
 *
 * @param version the version of the project
 * @param commit the commit of the checkout that runs, or {@code unknown}
 */
public record Build(String version, String commit) {
  private static final String RESOURCE = "build.properties";

  /** This build. */
  public static Build current() {
    return new Build(builtVersion(), commit(System.getProperty("tidegate.home")));
  }

  private static String builtVersion() {
    try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Reads the commit from the checkout's Git directory, without running Git. */
  static String commit(@Nullable String home) {
    if (home == null) {
      return "unknown";
    }
    try {
      Path git = Path.of(home, ".git");
      if (Files.isRegularFile(git)) {
        git = Path.of(home).resolve(Files.readString(git).replaceFirst("gitdir: ", "").strip());
      }
      String head = Files.readString(git.resolve("HEAD")).strip();
      if (!head.startsWith("ref: ")) {
        return head;
      }
      String ref = head.substring("ref: ".length());
      Path common =
          Files.exists(git.resolve("commondir"))
              ? git.resolve(Files.readString(git.resolve("commondir")).strip())
              : git;
      if (Files.exists(common.resolve(ref))) {
        return Files.readString(common.resolve(ref)).strip();
      }
      try (Stream<String> packed = Files.lines(common.resolve("packed-refs"))) {
        return packed
            .filter(line -> line.endsWith(" " + ref))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .findFirst()
            .orElse("unknown");
      }
    } catch (IOException e) {
      return "unknown";
    }
  }
}
