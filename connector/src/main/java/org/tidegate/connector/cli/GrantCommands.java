package org.tidegate.connector.cli;

import java.nio.file.Path;
import org.tidegate.proto.admin.v1.ListGrantsRequest;
import org.tidegate.proto.admin.v1.PutGrantRequest;
import org.tidegate.proto.admin.v1.RevokeGrantRequest;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tidegate grant put|revoke|list}. */
public final class GrantCommands {
  static final long LEDGER_SECONDS = 120;

  private GrantCommands() {}

  /**
   * Writes grants.
   *
   * @param yaml as in a grant file
   * @return {@code {"grants":[...]}}
   */
  public static JsonNode put(NodeClient client, String yaml) {
    PutGrantRequest request = PutGrantRequest.newBuilder().setGrantsYaml(yaml).build();
    return NodeClient.parse(client.call(LEDGER_SECONDS, stub -> stub.putGrant(request)).getJson());
  }

  /** Revokes a grant. */
  public static JsonNode revoke(NodeClient client, String grant, String reason) {
    RevokeGrantRequest request =
        RevokeGrantRequest.newBuilder().setGrantId(grant).setReason(reason).build();
    return NodeClient.parse(
        client.call(LEDGER_SECONDS, stub -> stub.revokeGrant(request)).getJson());
  }

  @CommandLine.Command(
      name = "grant",
      description = "What may be computed on this participant's products.",
      subcommands = {Put.class, Revoke.class, ListAll.class},
      synopsisSubcommandLabel = "(put | revoke | list)")
  static final class Grant extends Group {}

  @CommandLine.Command(name = "put", description = "Writes grants to the ledger.")
  static final class Put extends NodeCommand {
    @Option(
        names = "--file",
        paramLabel = "FILE",
        required = true,
        description = "The grants in YAML.")
    Path file = Path.of("");

    @Override
    protected int run(Output output, NodeClient client) throws Exception {
      String yaml = TextFile.read(file);
      JsonNode answer;
      try {
        answer = put(client, yaml);
      } catch (CommandException e) {
        throw e.exit() == Exit.USAGE ? e.in(file) : e;
      }
      for (JsonNode grant : answer.path("grants")) {
        output.line("Granted:");
        Words.grant(grant).forEach(line -> output.line("%s", line));
      }
      answer("grants", answer.path("grants"));
      return Exit.OK;
    }
  }

  @CommandLine.Command(
      name = "revoke",
      description = "Ends a grant; jobs reserved before keep their use.")
  static final class Revoke extends NodeCommand {
    @Parameters(paramLabel = "GRANT", description = "The grant's id.")
    String grant = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "One line for the auditor.",
        defaultValue = "revoked by its owner")
    String reason = "";

    @Override
    protected int run(Output output, NodeClient client) {
      JsonNode answer = revoke(client, grant, reason);
      output.line("Revoked grant %s.", grant);
      answer("grants", answer.path("grants"));
      return Exit.OK;
    }
  }

  @CommandLine.Command(name = "list", description = "Lists the grants on the ledger.")
  static final class ListAll extends NodeCommand {
    @Override
    protected int run(Output output, NodeClient client) {
      JsonNode answer =
          NodeClient.parse(
              client
                  .call(
                      LEDGER_SECONDS,
                      stub -> stub.listGrants(ListGrantsRequest.getDefaultInstance()))
                  .getJson());
      for (JsonNode grant : answer.path("grants")) {
        Words.grant(grant).forEach(line -> output.line("%s", line));
      }
      answer("grants", answer.path("grants"));
      return Exit.OK;
    }
  }
}
