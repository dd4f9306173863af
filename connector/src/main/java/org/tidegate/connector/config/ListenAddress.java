package org.tidegate.connector.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node listens.
 *
 * @param host a name or address
 * @param port the port; 0 picks a free one
 */
public record ListenAddress(Optional<String> host, int port) {
  /** As the endpoint of the node's identity says. */
  public static final ListenAddress AUTO = new ListenAddress(Optional.empty(), 0);

  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-fA-F:]+]|[^\\s:\\[\\]]+):([0-9]{1,5})");

  static ListenAddress parse(String text) {
    if (text.equals("auto")) {
      return AUTO;
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw new IllegalArgumentException("'" + text + "' is no address such as 0.0.0.0:7001");
    }
    String host = matcher.group(1);
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    return new ListenAddress(Optional.of(host), Integer.parseInt(matcher.group(2)));
  }
}
