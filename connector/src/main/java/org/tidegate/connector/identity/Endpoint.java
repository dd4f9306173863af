package org.tidegate.connector.identity;

import java.util.regex.Pattern;

/**
 * Where a node listens: a host name or address and a TCP port.
 *
 * @param host a DNS name, an IPv4 address or an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /** Checks that host and port can be meant. */
  public Endpoint {
    boolean v6 = host.indexOf(':') >= 0 && IPV6.matcher(host).matches();
    if (!v6 && !HOST_NAME.matcher(host).matches()) {
      throw bad(host + ":" + port, "'" + host + "' is neither a host name nor an address");
    }
    if (port < 1 || port > 65535) {
      throw bad(host + ":" + port, "the port must be between 1 and 65535");
    }
  }

  /**
   * Reads {@code host:port}, or {@code [address]:port} for IPv6.
   *
   * @throws IdentityException if the text is not an endpoint, saying why
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw bad(text, "host and port are separated by a colon");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw bad(text, "an IPv6 address stands in brackets, as in [::1]:7001");
    }
    int port;
    try {
      port = Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw bad(text, "'" + text.substring(colon + 1) + "' is not a port number");
    }
    return new Endpoint(host, port);
  }

  /** Whether the host is a literal address rather than a name. */
  public boolean isAddress() {
    return host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
  }

  /** {@code host:port}, with brackets around an IPv6 address; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static IdentityException bad(String text, String why) {
    return new IdentityException(
        IdentityException.Code.ARGUMENT,
        "'" + text + "' is not an endpoint: " + why + ". Write host:port, as in 127.0.0.1:7001.");
  }
}
