package org.tidegate.connector.cli;

import picocli.CommandLine;

/** {@code tidegate version}. */
@CommandLine.Command(name = "version", description = "Says which version and commit this is.")
final class VersionCommand extends Command {
  @Override
  protected int run(Output output) {
    Build build = Build.current();
    output.line(
        "Tidegate %s (commit %s, JDK %s)", build.version(), build.commit(), Runtime.version());
    return Exit.OK;
  }
}
