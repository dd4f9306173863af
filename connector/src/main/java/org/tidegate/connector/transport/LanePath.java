package org.tidegate.connector.transport;

import java.util.regex.Pattern;

/** Names of lanes: labels joined by slashes, from the job's root. */
final class LanePath {
  private static final int MAX_CHARS = 256;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9-][a-z0-9.-]{0,31}");
  private static final Pattern PATH =
      Pattern.compile("[a-z0-9-][a-z0-9.-]{0,31}(/[a-z0-9-][a-z0-9.-]{0,31})*");

  private LanePath() {}

  static boolean isValid(String path) {
    return path.length() <= MAX_CHARS && PATH.matcher(path).matches();
  }

  /** The path of a fork. */
  static String fork(String path, String label) {
    String fork = path + "/" + label;
    if (!LABEL.matcher(label).matches() || fork.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "'"
              + label
              + "' is not a label: 1 to 32 of a-z 0-9 . -, and the path at most "
              + MAX_CHARS
              + " characters");
    }
    return fork;
  }
}
