package org.tidegate.connector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transcript of the command line, as text. A line {@code $ tidegate …} is a command, in which
 * double quotes hold words together; below it stands what it writes: standard output as it is,
 * standard error behind {@code ! }, an empty line as a dot, and at last {@code = } and the exit
 * code. Lines {@code # …} and empty lines are for the reader.
 */
final class GoldenScript {
  private static final String PROMPT = "$ tidegate";

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|[^\\s\"]+");

  private GoldenScript() {}

  /**
   * Runs a script and compares. Where it differs, what it should hold now is in {@code
   * target/transcripts}.
   *
   * @param places what stands in the script for a word that differs from run to run, such as {@code
   *     DIR}, in braces
   */
  static void check(String name, Map<String, String> places)
      throws IOException, URISyntaxException {
    URL resource = Objects.requireNonNull(GoldenScript.class.getResource(name), name);
    String golden = Files.readString(Path.of(resource.toURI()));
    StringBuilder actual = new StringBuilder();
    for (String line : golden.lines().toList()) {
      if (line.startsWith(PROMPT)) {
        actual.append(line).append('\n');
        actual.append(run(line.substring(PROMPT.length()), places));
      } else if (line.isEmpty() || line.startsWith("# ")) {
        actual.append(line).append('\n');
      }
    }
    String text = actual.toString();
    Path now = Path.of("target", "transcripts", name);
    Files.createDirectories(now.getParent());
    Files.writeString(now, text);
    assertThat(text)
        .as("%s; if it is meant to be so, copy %s over it", name, now.toAbsolutePath())
        .isEqualTo(golden);
  }

  private static String run(String command, Map<String, String> places) {
    String filled = command;
    for (Map.Entry<String, String> place : places.entrySet()) {
      filled = filled.replace("{" + place.getKey() + "}", place.getValue());
    }
    CommandLineRun run = CommandLineRun.of(words(filled).toArray(String[]::new));
    StringBuilder transcript = new StringBuilder();
    run.out().lines().map(GoldenScript::shown).forEach(transcript::append);
    run.err().lines().forEach(line -> transcript.append(shown("! " + line)));
    transcript.append("= ").append(run.exit()).append('\n');
    String text = transcript.toString();
    for (Map.Entry<String, String> place : places.entrySet()) {
      text = text.replace(place.getValue(), "{" + place.getKey() + "}");
    }
    return text;
  }

  private static String shown(String line) {
    return (line.isEmpty() ? "." : line) + "\n";
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group() : matcher.group(1));
    }
    return words;
  }
}
