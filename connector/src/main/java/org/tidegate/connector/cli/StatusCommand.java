package org.tidegate.connector.cli;

import java.time.Duration;
import org.tidegate.connector.transport.TransportException;
import org.tidegate.proto.admin.v1.NodeStatusRequest;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code tidegate status}: whether the node runs and stands on the ledger. */
@CommandLine.Command(
    name = "status",
    description = {
      "Says whether the node runs and stands on the ledger.",
      "Exit code 1: it runs, but does not stand there yet; 4: it does not run."
    })
final class StatusCommand extends NodeCommand {
  private static final Duration POLL = Duration.ofMillis(200);

  @Option(
      names = "--wait",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description = "Wait that long for it to be ready.")
  int waitSeconds;

  @Override
  protected int run(Output output, NodeClient client) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
    while (true) {
      boolean late = System.nanoTime() >= until;
      try {
        JsonNode status =
            NodeClient.parse(
                client
                    .call(10, stub -> stub.nodeStatus(NodeStatusRequest.getDefaultInstance()))
                    .getJson());
        boolean ready = status.path("ready").asBoolean();
        if (ready || late) {
          return show(output, status, ready);
        }
      } catch (TransportException e) {
        if (late) {
          throw e;
        }
      }
      Thread.sleep(POLL);
    }
  }

  private int show(Output output, JsonNode status, boolean ready) {
    String trouble = status.path("trouble").asString("");
    output.line(
        "The node of %s %s%s",
        status.path("participant").asString(),
        ready ? "is ready." : "runs, but does not stand on the ledger yet.",
        trouble.isEmpty() ? "" : " Trouble: " + trouble);
    status.properties().forEach(field -> answer(field.getKey(), field.getValue()));
    return ready ? Exit.OK : Exit.DOES_NOT_HOLD;
  }
}
