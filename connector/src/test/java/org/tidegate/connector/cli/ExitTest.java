package org.tidegate.connector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Exit codes: of several statements, and of failures whatever they are. */
final class ExitTest {
  /** The first that occurs of 70, 4, 1, 3. */
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "0, 0",
    "0 0, 0",
    "3, 3",
    "0 3, 3",
    "3 1, 1",
    "1 3 0, 1",
    "3 4 1, 4",
    "0 4, 4",
    "3 1 4 70, 70",
    "70 0, 70",
    "2, 2",
    "0 2, 2",
    "2 3, 3"
  })
  void ofSeveralStatements(String each, int exit) {
    List<Integer> exits =
        Arrays.stream(each.split(" "))
            .filter(text -> !text.isEmpty())
            .map(Integer::parseInt)
            .toList();
    assertThat(Exit.of(exits)).isEqualTo(exit);
  }

  /** A command that fails as it is told. */
  @CommandLine.Command(name = "fail")
  static final class Fail extends Command {
    @CommandLine.Parameters String how = "";

    @Override
    protected int run(Output output) throws Exception {
      switch (how) {
        case "bug" -> throw new IllegalStateException("a thing that must not be");
        case "error" -> throw new StackOverflowError();
        case "memory" -> throw new OutOfMemoryError("Java heap space");
        case "told" -> throw new CommandException(Exit.REFUSED, "grant.missing", "ask for one");
        case "unchecked" ->
            throw new java.io.UncheckedIOException(new java.nio.file.NoSuchFileException("a.csv"));
        default -> throw new java.nio.file.AccessDeniedException("b.csv");
      }
    }
  }

  @CommandLine.Command(name = "tidegate", subcommands = Fail.class)
  record Root(Streams streams) implements Streams.Root {}

  @ParameterizedTest
  @CsvSource({
    "bug, 70, bug, bug, a thing that must not be",
    "error, 70, bug, bug, StackOverflowError",
    "memory, 4, aborted, cli.memory, TIDEGATE_HEAP",
    "told, 3, refused, grant.missing, ask for one",
    "unchecked, 2, badInput, cli.file, a.csv",
    "denied, 2, badInput, cli.file, b.csv: permission denied"
  })
  void ofFailures(String how, int exit, String status, String code, String words) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams =
        new Streams(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(Streams.run(new Root(streams), "fail", how, "--json", "-")).isEqualTo(exit);
    JsonNode json = Output.mapper().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(json.path("schema").asString()).isEqualTo("tidegate.fail/1");
    assertThat(json.path("status").asString()).isEqualTo(status);
    assertThat(json.path("error").path("code").asString()).isEqualTo(code);
    String told = err.toString(StandardCharsets.UTF_8);
    assertThat(told).startsWith("tidegate: ").contains(words).doesNotContain("\tat ");
    assertThat(told.lines()).hasSize(1);
    if (exit == Exit.BUG) {
      Path details = Path.of(told.strip().replaceFirst("(?s).*the details are in ", ""));
      assertThat(Files.readString(details)).contains("\tat ");
      Files.delete(details);
    }
  }

  @Test
  void everyExitCodeHasAStatus() {
    assertThat(List.of(0, 1, 2, 3, 4, 70))
        .extracting(Exit::status)
        .containsExactly("ok", "failed", "badInput", "refused", "aborted", "bug");
  }
}
