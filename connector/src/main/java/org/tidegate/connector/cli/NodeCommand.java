package org.tidegate.connector.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A command to the own node. */
abstract class NodeCommand extends Command {
  @Option(
      names = "--node",
      required = true,
      paramLabel = "HOME",
      description = "The home of the node to ask.")
  Path node = Path.of("");

  /**
   * Does it, over the node's administration service.
   *
   * @return the exit code
   */
  protected abstract int run(Output output, NodeClient client) throws Exception;

  /**
   * Checks what can be checked without the node.
   *
   * @throws CommandException naming what is wrong
   */
  protected void check() throws Exception {}

  @Override
  protected final int run(Output output) throws Exception {
    check();
    try (NodeClient client = new NodeClient(node)) {
      return run(output, client);
    }
  }
}
