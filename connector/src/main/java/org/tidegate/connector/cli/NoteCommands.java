package org.tidegate.connector.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.RecordException;
import org.tidegate.ledger.records.SaltedText;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tidegate note export|import}. */
final class NoteCommands {
  private NoteCommands() {}

  @CommandLine.Command(
      name = "note",
      description = "Texts whose digests are on the ledger, to be shown to others.",
      subcommands = {Export.class, Import.class},
      synopsisSubcommandLabel = "(export | import)")
  static final class Note extends Group {}

  @CommandLine.Command(
      name = "export",
      description = "Writes a text with its salt, which proves that it is the one on the ledger.")
  static final class Export extends NodeCommand {
    @Parameters(paramLabel = "DIGEST", description = "The text's digest, as lists show it.")
    String digest = "";

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file.")
    Path out = Path.of("");

    @Override
    protected int run(Output output, NodeClient client) throws Exception {
      Digest wanted;
      try {
        wanted = Digest.parse(digest);
      } catch (RecordException e) {
        throw new CommandException(Exit.USAGE, "cli.usage", String.valueOf(e.getMessage()));
      }
      JsonNode answer =
          client.record("note.get", JsonObject.builder().put("digest", wanted).build());
      if (!answer.has("note")) {
        throw new CommandException(
            Exit.USAGE, "note.unknown", "this node has no text with the digest " + wanted);
      }
      SaltedText note =
          new SaltedText(
              answer.path("note").path("salt").asString(),
              answer.path("note").path("text").asString());
      Files.write(out, note.canonicalBytes());
      output.line("Wrote the text to %s; whoever imports it can read it.", out);
      answer("note", out.toString());
      return Exit.OK;
    }
  }

  @CommandLine.Command(
      name = "import",
      description = "Takes in a text of another member; lists then show it.")
  static final class Import extends NodeCommand {
    @Parameters(paramLabel = "FILE", description = "The text, as note export wrote it.")
    Path file = Path.of("");

    @Override
    protected int run(Output output, NodeClient client) {
      String text = TextFile.read(file);
      JsonNode answer;
      try {
        answer = client.record("note.put", text.getBytes(StandardCharsets.UTF_8));
      } catch (CommandException e) {
        throw e.exit() == Exit.USAGE ? e.in(file) : e;
      }
      output.line("Took in %s.", answer.path("digest").asString());
      answer("digest", answer.path("digest"));
      return Exit.OK;
    }
  }
}
