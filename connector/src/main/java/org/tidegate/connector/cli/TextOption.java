package org.tidegate.connector.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What somebody says, on the command line or in a file. The ledger gets its salted digest. */
final class TextOption {
  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "What is said; the ledger gets its salted digest.")
  @Nullable String text;

  @Option(names = "--text-file", paramLabel = "FILE", description = "The same from a file.")
  @Nullable Path file;

  /** The text; one of the two options gives it. */
  String read() {
    String said = given();
    if (said == null) {
      throw new CommandException(
          Exit.USAGE, "cli.usage", "say it with --text TEXT or --text-file FILE");
    }
    return said;
  }

  /** The text, or null where none was given. */
  @Nullable String given() {
    Path from = file;
    if (text != null && from != null) {
      throw new CommandException(
          Exit.USAGE, "cli.usage", "--text and --text-file exclude each other");
    }
    return from == null ? text : TextFile.read(from).strip();
  }
}
