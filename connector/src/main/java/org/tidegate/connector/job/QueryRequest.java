package org.tidegate.connector.job;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What an analyst asks of the own node.
 *
 * @param sql one statement
 * @param purpose the purpose, which every grant used must name; empty: any that all owners granted
 * @param security {@code semi-honest} or {@code malicious}; empty: semi-honest
 * @param trace directory on this node's machine to write every frame's payload to, or empty
 */
public record QueryRequest(
    String sql, Optional<String> purpose, Optional<String> security, Optional<Path> trace) {

  /** A statement with nothing special about it. */
  public static QueryRequest of(String sql) {
    return new QueryRequest(sql, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
