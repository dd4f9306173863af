package org.tidegate.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the house rules ask of the tree as a whole: links that resolve, clauses answered, sizes. */
final class RepositoryTest {
  private static final Path TOP = top();
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final int CLAUSES = 23;
  private static final int MAX_CLASS_LINES = 600;

  @Test
  void everyRelativeLinkInTheDocumentationResolves() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : files(".md")) {
      var links = LINK.matcher(Files.readString(page).replaceAll("(?s)```.*?```", ""));
      while (links.find()) {
        String target = links.group(1).replaceFirst("#.*", "");
        if (target.isEmpty() || target.contains("://")) {
          continue;
        }
        if (!Files.exists(page.resolveSibling(target))) {
          broken.add(TOP.relativize(page) + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyClauseHasARowWithAnAnswerThatNamesCodeOrSaysThatThereIsNone() throws IOException {
    List<String> rows =
        Files.readAllLines(TOP.resolve("seeds/README.md")).stream()
            .filter(line -> line.matches("\\| S\\d+ \\|.*"))
            .toList();
    assertThat(rows.stream().map(row -> row.split("\\|")[1].strip()))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, CLAUSES).mapToObj(number -> "S" + number).toList());
    for (String row : rows) {
      String state = row.split("\\|")[3].strip();
      assertThat(state).as(row).isIn("answered", "in part", "not yet");
      if (!state.equals("not yet")) {
        assertThat(LINK.matcher(row).results().count())
            .as("links to the code and to a test in: %s", row)
            .isGreaterThanOrEqualTo(2);
      }
    }
  }

  @Test
  void noClassIsLongerThanAReaderBears() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : files(".java")) {
      long lines = Files.readAllLines(source).size();
      if (lines > MAX_CLASS_LINES) {
        tooLong.add(TOP.relativize(source) + ": " + lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void everyPackageOfMainCodeIsNullMarked() throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path source : files(".java")) {
      Path info = source.resolveSibling("package-info.java");
      if (source.toString().contains("src/main/java")
          && (!Files.exists(info) || !Files.readString(info).contains("@NullMarked"))) {
        missing.add(TOP.relativize(source.getParent()));
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void mainCodeHasNoLooseEnds() throws IOException {
    Pattern looseEnd =
        Pattern.compile("\\b(TODO|FIXME|XXX)\\b|UnsupportedOperationException\\(\\)");
    List<String> found = new ArrayList<>();
    for (Path source : files(".java")) {
      if (source.toString().contains("src/main/java")
          && looseEnd.matcher(Files.readString(source)).find()) {
        found.add(TOP.relativize(source).toString());
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(TOP)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> !TOP.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
          .toList();
    }
  }

  private static Path top() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("LICENSE"))) {
      here = here.getParent();
    }
    return here;
  }
}
