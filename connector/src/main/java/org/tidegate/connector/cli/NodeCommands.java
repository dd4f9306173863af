package org.tidegate.connector.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.connector.config.ConfigFile;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.NodeHome;
import org.tidegate.connector.identity.SpaceDescriptor;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate init}, {@code join} and {@code renew}: a participant's identity. */
final class NodeCommands {
  private NodeCommands() {}

  @CommandLine.Command(
      name = "init",
      description = "Makes a participant: its own authority, its node's keys, its configuration.")
  static final class Init extends Command {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "Its directory, made if missing.")
    Path home = Path.of("");

    @Option(
        names = "--name",
        paramLabel = "NAME",
        required = true,
        description = "Its name, which is also its SQL schema: a-z 0-9 _, a letter first.")
    String name = "";

    @Option(
        names = "--endpoint",
        required = true,
        paramLabel = "HOST:PORT",
        description = "Where the other members reach its node.")
    String endpoint = "";

    @Override
    protected int run(Output output) throws Exception {
      NodeHome made = NodeHome.create(home, name, Endpoint.parse(endpoint));
      Path configuration = ConfigFile.write(home);
      output.line("Made participant %s in %s.", made.participant(), home);
      output.line("Its authority: %s", made.fingerprint());
      output.line("Its configuration, to be looked through: %s", configuration);
      output.line("Pass %s to the operator of the space.", made.joinRequestFile());
      answer("participant", made.participant());
      answer("fingerprint", made.fingerprint());
      answer("joinRequest", made.joinRequestFile().toString());
      return Exit.OK;
    }
  }

  @CommandLine.Command(
      name = "join",
      description = "Joins the space whose operator admitted this participant.")
  static final class Join extends Command {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "The participant's home.")
    Path home = Path.of("");

    @Option(
        names = "--fingerprint",
        paramLabel = "HEX",
        description = {
          "The authority's fingerprint, as its operator told it over another channel.",
          "Without it the file alone is believed."
        })
    @Nullable String fingerprint;

    @Parameters(paramLabel = "SPACE.JSON", description = "The file from the operator.")
    Path file = Path.of("");

    @Override
    protected int run(Output output) {
      SpaceDescriptor space = NodeHome.open(home).join(file, Optional.ofNullable(fingerprint));
      output.line("Joined space %s: %s.", space.space(), String.join(", ", space.memberNames()));
      output.line("Its authority: %s", space.fingerprint());
      if (fingerprint == null) {
        output.note(
            "WARNING: nobody has checked this authority. Whoever could alter %s could have put"
                + " another in its place, and with it other members.",
            file);
        output.note(
            "Compare the fingerprint above with the operator's over another channel before you"
                + " start the node; with --fingerprint that is checked for you.");
      }
      answer("space", space.space());
      answer("members", space.memberNames());
      answer("fingerprint", space.fingerprint());
      return Exit.OK;
    }
  }

  @CommandLine.Command(
      name = "renew",
      description = "Issues the node's certificates anew and writes a new join request.")
  static final class Renew extends Command {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        required = true,
        description = "The participant's home.")
    Path home = Path.of("");

    @Override
    protected int run(Output output) {
      NodeHome renewed = NodeHome.open(home).renew();
      output.line(
          "Renewed; the certificates now last until %s. Pass %s to the operator of the space.",
          renewed.earliestExpiry(), renewed.joinRequestFile());
      answer("until", renewed.earliestExpiry().toString());
      answer("joinRequest", renewed.joinRequestFile().toString());
      return Exit.OK;
    }
  }
}
