package org.tidegate.connector.cli;

import picocli.CommandLine.Option;

/** A word that stands before commands, such as {@code space}. */
abstract class Group {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Say what commands there are.")
  boolean help;
}
