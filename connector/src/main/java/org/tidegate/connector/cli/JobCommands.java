package org.tidegate.connector.cli;

import org.tidegate.proto.admin.v1.ShowJobRequest;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** {@code tidegate job show}. */
final class JobCommands {
  private JobCommands() {}

  @CommandLine.Command(
      name = "job",
      description = "Jobs this node takes part in.",
      subcommands = Show.class,
      synopsisSubcommandLabel = "show")
  static final class Job extends Group {}

  @CommandLine.Command(name = "show", description = "Shows a job's state and history.")
  static final class Show extends NodeCommand {
    @Parameters(paramLabel = "ID", description = "The job's id.")
    String id = "";

    @Override
    protected int run(Output output, NodeClient client) {
      ShowJobRequest request = ShowJobRequest.newBuilder().setJobId(id).build();
      JsonNode job = NodeClient.parse(client.call(60, stub -> stub.showJob(request)).getJson());
      output.line("job %s: %s", job.path("jobId").asString(), job.path("state").asString());
      for (JsonNode step : job.path("history")) {
        output.line("  %s  %s", step.path("at").asString(), step.path("state").asString());
      }
      job.properties().forEach(field -> answer(field.getKey(), field.getValue()));
      if (!job.has("outcome")) {
        // A job that has not ended: the key is there all the same.
        answer("outcome", NullNode.getInstance());
      }
      return Exit.OK;
    }
  }
}
