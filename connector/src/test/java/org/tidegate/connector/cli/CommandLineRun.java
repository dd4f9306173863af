package org.tidegate.connector.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * What a command line said and how it ended.
 *
 * @param exit the exit code
 * @param out standard output
 * @param err standard error
 */
record CommandLineRun(int exit, String out, String err) {
  static CommandLineRun of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Main.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            args);
    return new CommandLineRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Standard output, which must be one JSON document and nothing else. */
  JsonNode json() {
    return Output.mapper().readTree(out);
  }
}
