package org.tidegate.connector.cli;

import java.nio.file.Path;
import org.tidegate.connector.app.Node;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code tidegate start}: the node, in the foreground. */
@CommandLine.Command(name = "start", description = "Runs the node in the foreground.")
final class StartCommand extends Command {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      required = true,
      description = "The participant's home.")
  Path home = Path.of("");

  @Override
  protected int run(Output output) throws Exception {
    Node node = Node.start(home);
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "close"));
    output.note("The node of %s is running; stop it with Ctrl-C.", home);
    node.awaitTermination();
    return Exit.OK;
  }
}
