package org.tidegate.connector.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.connector.rpc.AdminEndpoint;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.DisputeStep;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.SaltedText;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tidegate dispute open|answer|reply|close|decide|list}. */
final class DisputeCommands {
  private DisputeCommands() {}

  @CommandLine.Command(
      name = "dispute",
      description = "Disputes about jobs: opened and answered by their parties.",
      subcommands = {
        Open.class,
        Answer.class,
        Reply.class,
        Close.class,
        Decide.class,
        ListAll.class
      },
      synopsisSubcommandLabel = "(open | answer | reply | close | decide | list)")
  static final class Dispute extends Group {}

  /** A step of this participant. */
  abstract static class Step extends NodeCommand {
    @Parameters(index = "0", paramLabel = "JOB", description = "The job's id.")
    String job = "";

    @Parameters(index = "1", paramLabel = "ID", description = "The dispute's id.")
    String id = "";

    @Mixin TextOption said = new TextOption();

    abstract DisputeStep.Action action();

    /** What else the step says. */
    void addTo(JsonObject.Builder request) {}

    @Override
    protected int run(Output output, NodeClient client) {
      JsonObject.Builder request =
          JsonObject.builder()
              .put("jobId", AdminEndpoint.jobId(job))
              .put("dispute", id)
              .put("action", action().text())
              .put("text", said.read());
      addTo(request);
      JsonNode dispute = client.record("dispute.step", request.build());
      tell(output, dispute);
      answer("dispute", dispute);
      return Exit.OK;
    }
  }

  @CommandLine.Command(name = "open", description = "Opens a dispute with another party of a job.")
  static final class Open extends Step {
    @Option(
        names = "--against",
        paramLabel = "NAME",
        required = true,
        description = "The other party.")
    String against = "";

    @Option(
        names = "--subject",
        paramLabel = "WORD",
        defaultValue = "result",
        description = "What it is about, such as result or metering (${DEFAULT-VALUE}).")
    String subject = "";

    @Override
    DisputeStep.Action action() {
      return DisputeStep.Action.OPEN;
    }

    @Override
    void addTo(JsonObject.Builder request) {
      request.put("against", against).put("subject", subject);
    }
  }

  @CommandLine.Command(name = "answer", description = "Answers, as the party it is with.")
  static final class Answer extends Step {
    @Override
    DisputeStep.Action action() {
      return DisputeStep.Action.ANSWER;
    }
  }

  @CommandLine.Command(name = "reply", description = "Objects to the answer, as who opened it.")
  static final class Reply extends Step {
    @Override
    DisputeStep.Action action() {
      return DisputeStep.Action.REPLY;
    }
  }

  @CommandLine.Command(
      name = "close",
      description = "Ends it, as who opened it: accepts the answer, or takes the dispute back.")
  static final class Close extends Step {
    @Option(names = "--withdraw", description = "Take it back, instead of accepting the answer.")
    boolean withdraw;

    @Override
    DisputeStep.Action action() {
      return withdraw ? DisputeStep.Action.WITHDRAW : DisputeStep.Action.SETTLE;
    }
  }

  @CommandLine.Command(
      name = "decide",
      description = "Decides it as the space's authority, and puts that on the ledger.")
  static final class Decide extends NodeCommand {
    @Parameters(index = "0", paramLabel = "JOB", description = "The job's id.")
    String job = "";

    @Parameters(index = "1", paramLabel = "ID", description = "The dispute's id.")
    String id = "";

    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "The authority's directory.")
    Path home = Path.of("");

    @Mixin TextOption said = new TextOption();

    @Override
    protected int run(Output output, NodeClient client) {
      Digest jobId = AdminEndpoint.jobId(job);
      SaltedText text = SaltedText.of(said.read(), new SecureRandom());
      DisputeStep step =
          new DisputeStep(
              jobId,
              id,
              next(client, jobId),
              DisputeStep.Action.DECIDE,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              text.digest(),
              Instant.now());
      JsonNode dispute =
          client.record(
              "dispute.put",
              JsonObject.builder()
                  .put("step", SpaceAuthority.load(home).sign(step))
                  .put("text", text)
                  .build());
      tell(output, dispute);
      answer("dispute", dispute);
      return Exit.OK;
    }

    private int next(NodeClient client, Digest jobId) {
      JsonNode list =
          client.record("dispute.list", JsonObject.builder().put("jobId", jobId).build());
      for (JsonNode dispute : list.path("disputes")) {
        if (dispute.path("dispute").asString().equals(id)) {
          return dispute.path("steps").size() + 1;
        }
      }
      throw new CommandException(
          Exit.USAGE, "dispute.unknown", "there is no dispute '" + id + "' about that job");
    }
  }

  @CommandLine.Command(name = "list", description = "Lists disputes and their steps.")
  static final class ListAll extends NodeCommand {
    @Option(names = "--job", paramLabel = "ID", description = "Those about this job only.")
    @Nullable String job;

    @Override
    protected int run(Output output, NodeClient client) {
      JsonObject.Builder request = JsonObject.builder();
      if (job != null) {
        request.put("jobId", AdminEndpoint.jobId(job));
      }
      JsonNode answer = client.record("dispute.list", request.build());
      answer.path("disputes").forEach(dispute -> tell(output, dispute));
      answer("disputes", answer.path("disputes"));
      return Exit.OK;
    }
  }

  private static void tell(Output output, JsonNode dispute) {
    output.line(
        "%s about %s, %s against %s: %s",
        dispute.path("dispute").asString(),
        dispute.path("subject").asString(),
        dispute.path("opener").asString(),
        dispute.path("respondent").asString(),
        dispute.path("state").asString());
    output.line("  job %s", dispute.path("jobId").asString());
    for (JsonNode step : dispute.path("steps")) {
      output.line(
          "  %s. %s, %s by %s",
          step.path("number").asString(),
          step.path("at").asString(),
          step.path("action").asString(),
          step.path("by").asString("the authority"));
      output.line("     %s", Words.note(step));
    }
    List<String> possible = new ArrayList<>();
    dispute.path("possible").forEach(action -> possible.add(action.asString()));
    if (!possible.isEmpty()) {
      output.line("  possible now: %s", String.join(", ", possible));
    }
  }
}
