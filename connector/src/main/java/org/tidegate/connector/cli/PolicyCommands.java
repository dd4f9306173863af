package org.tidegate.connector.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.PolicyOffice;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.ledger.records.GradePolicy;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Signed;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tidegate policy put|submit|show}. */
final class PolicyCommands {
  private PolicyCommands() {}

  @CommandLine.Command(
      name = "policy",
      description = "What the space allows with columns of each grade.",
      subcommands = {Put.class, Submit.class, Show.class},
      synopsisSubcommandLabel = "(put | submit | show)")
  static final class Policy extends Group {}

  @CommandLine.Command(
      name = "put",
      description = "Signs the next version of the policy as the space's authority.")
  static final class Put extends Command {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "The authority's directory.")
    Path home = Path.of("");

    @Option(
        names = "--file",
        paramLabel = "FILE",
        required = true,
        description = "The rules in YAML.")
    Path file = Path.of("");

    @Option(
        names = "--node",
        paramLabel = "HOME",
        description = "Put it on the ledger through this member's node.")
    @Nullable Path node;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Write the policy, for a member to submit.")
    @Nullable Path out;

    @Override
    protected int run(Output output) throws Exception {
      if (node == null && out == null) {
        throw new CommandException(
            Exit.USAGE,
            "cli.usage",
            "say where the policy goes: --node HOME puts it on the ledger, --out FILE writes it for"
                + " a member to submit");
      }
      Signed<GradePolicy> policy =
          new PolicyOffice(SpaceAuthority.load(home)).issue(PolicyFile.load(file));
      Path written = out;
      if (written != null) {
        Files.write(written, policy.canonicalBytes());
        output.line("Wrote version %d to %s.", policy.body().version(), written);
      }
      Path through = node;
      if (through != null) {
        try (NodeClient client = new NodeClient(through)) {
          tell(output, client.record("policy.put", policy.toJson()).path("policy"));
        }
      }
      answer("policyVersion", policy.body().version());
      return Exit.OK;
    }
  }

  @CommandLine.Command(
      name = "submit",
      description = "Puts a policy of the authority on the ledger; any member may.")
  static final class Submit extends NodeCommand {
    @Parameters(paramLabel = "FILE", description = "The policy.")
    Path file = Path.of("");

    @Override
    protected int run(Output output, NodeClient client) {
      String text = TextFile.read(file);
      JsonNode policy;
      try {
        policy = client.record("policy.put", text.getBytes(StandardCharsets.UTF_8)).path("policy");
      } catch (CommandException e) {
        throw e.exit() == Exit.USAGE ? e.in(file) : e;
      }
      tell(output, policy);
      answer("policy", policy);
      return Exit.OK;
    }
  }

  @CommandLine.Command(name = "show", description = "Shows the policy in force.")
  static final class Show extends NodeCommand {
    @Override
    protected int run(Output output, NodeClient client) {
      JsonNode answer = client.record("policy.show", JsonObject.empty());
      if (!answer.has("policy")) {
        output.line("The space has no policy for grades; grants alone say what is allowed.");
        return Exit.OK;
      }
      tell(output, answer.path("policy"));
      answer("policy", answer.path("policy"));
      return Exit.OK;
    }
  }

  private static void tell(Output output, JsonNode policy) {
    output.line(
        "Policy for grades, version %s, of %s",
        policy.path("version").asString(), policy.path("at").asString());
    for (JsonNode rule : policy.path("rules")) {
      output.line(
          "  %s: %s; purposes %s; groups of at least %s%s",
          rule.path("grade").asString(),
          words(rule.path("operations"), "nothing"),
          words(rule.path("purposes"), "any"),
          rule.path("minimumGroup").asString(),
          rule.path("malicious").asBoolean() ? "; malicious security only" : "");
    }
  }

  private static String words(JsonNode list, String otherwise) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asString()));
    return words.isEmpty() ? otherwise : String.join(", ", words);
  }
}
