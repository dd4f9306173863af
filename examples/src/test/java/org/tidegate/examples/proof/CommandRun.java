package org.tidegate.examples.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tidegate.connector.cli.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command line run in this process: what it said and how it ended.
 *
 * @param exit the exit code
 * @param json what {@code --json} wrote
 * @param said standard output and standard error
 */
record CommandRun(int exit, JsonNode json, String said) {
  private interface Root {
    int run(PrintStream out, PrintStream err, String... args);
  }

  /** {@code tidegate crosscheck}. */
  static CommandRun crosscheck(Path data, Path sql, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("crosscheck", "--data", data.toString()));
    args.addAll(List.of("--sql", sql.toString()));
    args.addAll(List.of(more));
    return run(org.tidegate.examples.Main::run, args);
  }

  /** Any command of the connector. */
  static CommandRun tidegate(String... args) throws IOException {
    return run(Main::run, List.of(args));
  }

  private static CommandRun run(Root root, List<String> args) throws IOException {
    Path json = Files.createTempFile("tidegate-answer", ".json");
    try {
      List<String> all = new ArrayList<>(args);
      all.addAll(List.of("--json", json.toString()));
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
      int exit = root.run(stream, stream, all.toArray(String[]::new));
      JsonMapper mapper = new JsonMapper();
      String text = Files.readString(json);
      return new CommandRun(
          exit,
          text.isBlank() ? mapper.createObjectNode() : mapper.readTree(text),
          said.toString(StandardCharsets.UTF_8));
    } finally {
      Files.delete(json);
    }
  }
}
