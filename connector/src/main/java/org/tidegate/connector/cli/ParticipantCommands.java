package org.tidegate.connector.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.connector.identity.StandingOffice;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.StandingNotice;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tidegate participant suspend|reinstate|submit|list}. */
final class ParticipantCommands {
  private ParticipantCommands() {}

  @CommandLine.Command(
      name = "participant",
      description = "Who takes part in the space, and who is suspended.",
      subcommands = {Suspend.class, Reinstate.class, Submit.class, ListAll.class},
      synopsisSubcommandLabel = "(suspend | reinstate | submit | list)")
  static final class Participant extends Group {}

  /** A ruling of the authority. */
  abstract static class Rule extends Command {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "The authority's directory.")
    Path home = Path.of("");

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "For the members; the ledger gets its salted digest.")
    String reason = "";

    @Option(
        names = "--node",
        paramLabel = "HOME",
        description = "Put it on the ledger through this member's node.")
    @Nullable Path node;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Write the notice, for a member to submit.")
    @Nullable Path out;

    @Parameters(paramLabel = "NAME", description = "The participant.")
    String name = "";

    abstract boolean suspends();

    @Override
    protected int run(Output output) throws Exception {
      if (node == null && out == null) {
        throw new CommandException(
            Exit.USAGE,
            "cli.usage",
            "say where the notice goes: --node HOME puts it on the ledger, --out FILE writes it"
                + " for a member to submit");
      }
      StandingNotice notice =
          new StandingOffice(SpaceAuthority.load(home)).rule(name, suspends(), reason);
      Path file = out;
      if (file != null) {
        Files.write(file, notice.canonicalBytes());
        output.line("Wrote the notice to %s; it holds from when a member submits it.", file);
        answer("notice", file.toString());
      }
      Path through = node;
      if (through != null) {
        try (NodeClient client = new NodeClient(through)) {
          tell(output, client.record("participant.rule", notice.toJson()));
        }
      }
      answer("participant", name);
      answer("number", notice.standing().body().number());
      answer("suspended", suspends());
      return Exit.OK;
    }
  }

  @CommandLine.Command(
      name = "suspend",
      description = {
        "Keeps a participant from beginning anything: jobs, grants, products.",
        "What runs may end: receipts, settlements, releases, revocations."
      })
  static final class Suspend extends Rule {
    @Override
    boolean suspends() {
      return true;
    }
  }

  @CommandLine.Command(name = "reinstate", description = "Ends a suspension.")
  static final class Reinstate extends Rule {
    @Override
    boolean suspends() {
      return false;
    }
  }

  @CommandLine.Command(
      name = "submit",
      description = "Puts a notice of the authority on the ledger; any member may.")
  static final class Submit extends NodeCommand {
    @Parameters(paramLabel = "FILE", description = "The notice.")
    Path file = Path.of("");

    @Override
    protected int run(Output output, NodeClient client) {
      String text = TextFile.read(file);
      JsonNode state;
      try {
        state = client.record("participant.rule", text.getBytes(StandardCharsets.UTF_8));
      } catch (CommandException e) {
        throw e.exit() == Exit.USAGE ? e.in(file) : e;
      }
      tell(output, state);
      answer("participants", java.util.List.of(state));
      return Exit.OK;
    }
  }

  @CommandLine.Command(name = "list", description = "Lists the participants and their standing.")
  static final class ListAll extends NodeCommand {
    @Override
    protected int run(Output output, NodeClient client) {
      JsonNode answer = client.record("participant.list", JsonObject.empty());
      for (JsonNode state : answer.path("participants")) {
        tell(output, state);
      }
      answer("participants", answer.path("participants"));
      return Exit.OK;
    }
  }

  private static void tell(Output output, JsonNode state) {
    String name = state.path("participant").asString();
    if (!state.has("at")) {
      output.line("%s", name);
      return;
    }
    output.line(
        "%s: %s %s, standing %s",
        name,
        state.path("suspended").asBoolean() ? "SUSPENDED on" : "reinstated on",
        state.path("at").asString(),
        state.path("number").asString());
    output.line(
        "  %s",
        Optional.of(state.path("reason").asString(""))
            .filter(reason -> !reason.isEmpty())
            .orElse("reason " + state.path("reasonDigest").asString()));
  }
}
