package org.tidegate.connector.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.identity.EmbeddedGenesis;
import org.tidegate.connector.identity.JoinRequest;
import org.tidegate.connector.identity.SpaceAuthority;
import org.tidegate.connector.identity.SpaceDescriptor;
import org.tidegate.connector.identity.SpaceMember;
import org.tidegate.ledger.records.Signed;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code tidegate space create|admit|up|down}: a space's authority, and whole spaces on one
 * machine.
 */
final class SpaceCommands {
  private SpaceCommands() {}

  @CommandLine.Command(
      name = "space",
      description = "A space: its authority, or a whole one on this machine.",
      subcommands = {Create.class, Admit.class, Up.class, Down.class},
      synopsisSubcommandLabel = "(create | admit | up | down)")
  static final class Space extends Group {}

  @CommandLine.Command(name = "create", description = "Makes the authority of a new space.")
  static final class Create extends Command {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "The authority's own directory, made if missing.")
    Path home = Path.of("");

    @Option(
        names = "--name",
        paramLabel = "NAME",
        required = true,
        description = "The space's name: a-z 0-9 -, a letter first.")
    String name = "";

    @Override
    protected int run(Output output) {
      SpaceAuthority authority = SpaceAuthority.create(home, name);
      output.line("Made the authority of space %s in %s.", name, home);
      output.line("Its root: %s", authority.rootFile());
      output.line("Its fingerprint: %s", authority.fingerprint());
      output.line("Tell the participants the fingerprint over another channel than space.json.");
      answer("space", name);
      answer("root", authority.rootFile().toString());
      answer("fingerprint", authority.fingerprint());
      return Exit.OK;
    }
  }

  @CommandLine.Command(
      name = "admit",
      description = {
        "Admits the participants of the join requests and writes the file they join with.",
        "Again for the same participants, after a renewal or with a new endpoint: the next version."
      })
  static final class Admit extends Command {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "The authority's directory.")
    Path home = Path.of("");

    @Option(
        names = "--orderer",
        paramLabel = "NAME",
        required = true,
        description = "The member whose node orders.")
    String orderer = "";

    @Option(
        names = "--out",
        required = true,
        paramLabel = "SPACE.JSON",
        description = "The file to pass to every participant.")
    Path out = Path.of("");

    @Parameters(
        arity = "1..*",
        paramLabel = "JOIN-REQUEST.JSON",
        description = "One of each participant.")
    List<Path> requests = new ArrayList<>();

    @Override
    protected int run(Output output) {
      SpaceAuthority authority = SpaceAuthority.load(home);
      List<Signed<JoinRequest>> loaded = requests.stream().map(JoinRequest::load).toList();
      Signed<SpaceDescriptor> space = authority.admit(loaded, orderer, new EmbeddedGenesis());
      SpaceAuthority.write(space, out);
      SpaceDescriptor body = space.body();
      output.line("Space %s, version %d, ordered by %s:", body.space(), body.version(), orderer);
      List<Map<String, Object>> members = new ArrayList<>();
      for (SpaceMember member : body.members()) {
        output.line("  %s at %s", member.name(), member.endpoint());
        output.line("    authority %s", member.fingerprint());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("participant", member.name());
        entry.put("endpoint", member.endpoint().toString());
        entry.put("fingerprint", member.fingerprint());
        members.add(entry);
      }
      output.line("Compare each fingerprint with what the participant told you; if one differs,");
      output.line("do not pass the file on. Otherwise pass %s to all of them.", out);
      answer("space", body.space());
      answer("spaceVersion", body.version());
      answer("orderer", body.orderer());
      answer("members", members);
      answer("genesisHash", body.genesisHash().text());
      answer("fingerprint", authority.fingerprint());
      answer("descriptor", out.toString());
      return Exit.OK;
    }
  }

  @CommandLine.Command(
      name = "up",
      description = {
        "Starts a whole space on this machine: an authority, and a node for each directory of"
            + " data.",
        "Every table is published; everything is granted to everybody, unless a file says"
            + " otherwise."
      })
  static final class Up extends Command {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        required = true,
        description = "DIR/<participant>/<table>.csv or .parquet, with <table>.yaml if wanted.")
    Path data = Path.of("");

    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "A new directory for the homes.")
    Path home = Path.of("");

    @Option(
        names = "--grants",
        paramLabel = "FILE",
        description = "Grants in YAML; each names its product as owner.table.")
    @Nullable Path grants;

    @Option(
        names = "--ledger",
        paramLabel = "KIND",
        defaultValue = "embedded",
        description = "embedded, or fabric: a Fabric network, see 'tidegate help fabric up'.")
    String ledger = "embedded";

    @Override
    protected int run(Output output) throws Exception {
      LocalSpace.LedgerKind kind = LocalSpace.LedgerKind.of(ledger);
      LocalSpace space = LocalSpace.up(data, home, Optional.ofNullable(grants), kind, output);
      for (LocalSpace.NodeInfo node : space.nodes()) {
        output.line("%s  pid %d  %s  %s", node.participant(), node.pid(), node.api(), node.home());
      }
      LocalSpace.NodeInfo first = space.nodes().getFirst();
      output.line("Ask:  tidegate query --node %s \"SELECT ...\"", first.home());
      output.line("Stop: tidegate space down --home %s", home);
      answer("nodes", space.nodes().stream().map(LocalSpace.NodeInfo::toMap).toList());
      answer("ledger", Map.of("kind", kind.text(), "pid", space.ledgerPid()));
      answer("root", space.rootFile().toString());
      return Exit.OK;
    }
  }

  @CommandLine.Command(name = "down", description = "Stops the nodes that 'space up' started.")
  static final class Down extends Command {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "As given to 'space up'.")
    Path home = Path.of("");

    @Override
    protected int run(Output output) throws Exception {
      List<LocalSpace.NodeInfo> stopped = LocalSpace.down(home);
      if (stopped.isEmpty()) {
        output.line("None of the nodes of %s was running.", home);
      }
      stopped.forEach(node -> output.line("Stopped %s (pid %d).", node.participant(), node.pid()));
      answer("nodes", stopped.stream().map(LocalSpace.NodeInfo::toMap).toList());
      return Exit.OK;
    }
  }
}
