package org.tidegate.connector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.connector.identity.Endpoint;
import org.tidegate.connector.identity.NodeHome;
import picocli.CommandLine;

/** What the command line says, word for word. */
final class TranscriptTest {
  @TempDir private Path directory;

  @BeforeEach
  void files() throws IOException {
    NodeHome.create(directory.resolve("bank"), "bank", new Endpoint("127.0.0.1", 7001));
    Files.writeString(directory.resolve("empty.sql"), "");
    Files.writeString(directory.resolve("text.txt"), "just text\n");
    Files.writeString(directory.resolve("comments.sql"), "-- SELECT 1;\n/* SELECT 2; */\n");
    Files.write(
        directory.resolve("latin1.sql"), "SELECT 'é'".getBytes(StandardCharsets.ISO_8859_1));
  }

  private Map<String, String> places() {
    Map<String, String> places = new java.util.LinkedHashMap<>();
    places.put("HOME", directory.resolve("bank").toString());
    places.put("DIR", directory.toString());
    places.put("VERSION", Build.current().version());
    return places;
  }

  @Test
  void help() throws IOException, URISyntaxException {
    GoldenScript.check("help.txt", places());
  }

  @Test
  void wrongUse() throws IOException, URISyntaxException {
    GoldenScript.check("wrong-use.txt", places());
  }

  @Test
  void badInput() throws IOException, URISyntaxException {
    GoldenScript.check("bad-input.txt", places());
  }

  /** No command is forgotten in help.txt. */
  @Test
  void everyCommandHasHelp() throws IOException {
    String help =
        new String(
            TranscriptTest.class.getResourceAsStream("help.txt").readAllBytes(),
            StandardCharsets.UTF_8);
    for (Class<?> group :
        Arrays.asList(Main.class.getAnnotation(CommandLine.Command.class).subcommands())) {
      CommandLine.Command command = group.getAnnotation(CommandLine.Command.class);
      assertThat(help).contains("\n$ tidegate help " + command.name() + "\n");
      for (Class<?> below : command.subcommands()) {
        assertThat(help)
            .contains(
                "\n$ tidegate help "
                    + command.name()
                    + " "
                    + below.getAnnotation(CommandLine.Command.class).name()
                    + "\n");
      }
    }
  }
}
