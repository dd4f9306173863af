package org.tidegate.connector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class PsiCommandTest {
  private static final String HEAD = "代码,name,branch\n";

  @TempDir Path directory;

  private Path left = Path.of("");
  private Path right = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void files() throws IOException {
    Path spaced = Files.createDirectory(directory.resolve("it's a \"place\""));
    left = spaced.resolve("left.csv");
    right = spaced.resolve("right.csv");
    out = spaced.resolve("out.csv");
    write(left, HEAD + "007,银行 A,1\n7,b,1\n007,c,2\n,d,1\n42,e,\n42,f,3\n");
    write(right, HEAD + "42,x,3\n007,x,1\n007,y,9\n,z,1\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private CommandLineRun psi(String key, String... more) {
    List<String> args = new ArrayList<>(List.of("psi", "--local", "--left", left.toString()));
    args.addAll(List.of("--right", right.toString(), "--key", key, "--out", out.toString()));
    args.addAll(List.of(more));
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  @Test
  void matchingRowsComeInTheirOrderWithDuplicatesAndLeadingZeros() throws IOException {
    CommandLineRun run = psi("代码");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(Files.readString(out)).isEqualTo(HEAD + "007,银行 A,1\n007,c,2\n42,e,\n42,f,3\n");
  }

  @Test
  void severalColumnsMatchTogetherAndNullMatchesNothing() throws IOException {
    CommandLineRun run = psi("代码,branch");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(Files.readString(out)).isEqualTo(HEAD + "007,银行 A,1\n42,f,3\n");
  }

  @Test
  void columnsOfAKeyDoNotRunTogether() throws IOException {
    write(left, "a,b\n1:1,2\nx,yz\n");
    write(right, "a,b\n1,1:2\nxy,z\n");
    CommandLineRun run = psi("a,b");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(Files.readString(out)).isEqualTo("a,b\n");
  }

  @Test
  void machineOutputIsOneObjectAndNothingElse() {
    CommandLineRun run = psi("代码", "--json", "-");
    JsonNode json = run.json();
    assertThat(json.path("schema").asString()).isEqualTo("tidegate.psi/1");
    assertThat(json.path("status").asString()).isEqualTo("ok");
    assertThat(json.path("matches").asInt()).isEqualTo(4);
    assertThat(json.path("rows").path("left").asInt()).isEqualTo(6);
    assertThat(json.path("bytes").path("leftToRight").asLong()).isPositive();
    assertThat(json.path("bytes").path("rightToLeft").asLong()).isPositive();
  }

  @Test
  void parquetMatchesCsvByText() throws IOException, SQLException {
    right = directory.resolve("right.parquet");
    out = directory.resolve("out.parquet");
    sql("COPY (SELECT 42 AS \"代码\", 1.5::DOUBLE AS ratio) TO '%s'".formatted(right));
    CommandLineRun run = psi("代码");
    assertThat(run.exit()).as(run.err()).isZero();
    Path text = directory.resolve("text.csv");
    sql("COPY (FROM '%s') TO '%s' (HEADER)".formatted(out, text));
    assertThat(Files.readString(text)).isEqualTo(HEAD + "42,e,\n42,f,3\n");

    left = right;
    out = directory.resolve("again.csv");
    CommandLineRun floating = psi("ratio");
    assertThat(floating.exit()).isEqualTo(Exit.USAGE);
    assertThat(floating.err()).contains("ratio", "DOUBLE", "cannot be a key");
  }

  @Test
  void agreesWithSetsOnRandomRows() throws IOException {
    Random random = new Random(20261123);
    StringBuilder leftText = new StringBuilder("k,n\n");
    StringBuilder rightText = new StringBuilder("k,n\n");
    Set<String> known = new HashSet<>();
    for (int i = 0; i < 400; i++) {
      String key = "k" + random.nextInt(500);
      known.add(key);
      rightText.append(key).append(',').append(i).append('\n');
    }
    StringBuilder expected = new StringBuilder("k,n\n");
    for (int i = 0; i < 300; i++) {
      String row = "k" + random.nextInt(500) + "," + i + "\n";
      leftText.append(row);
      expected.append(known.contains(row.substring(0, row.indexOf(','))) ? row : "");
    }
    write(left, leftText.toString());
    write(right, rightText.toString());
    CommandLineRun run = psi("k");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(Files.readString(out)).isEqualTo(expected.toString());
  }

  @Test
  void emptySidesGiveAnEmptyFile() throws IOException {
    write(right, HEAD);
    assertThat(psi("代码").exit()).isZero();
    assertThat(Files.readString(out)).isEqualTo(HEAD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          代玛 | '--json=-'             | has no column '代玛'; its columns are 代码, name, branch
          name | '--protocol=magic'     | --protocol magic is unknown; use auto or rr22-lean or rr22 or ecdh or ecdh-sm2 or rr22-7x24
          name | '--security=strong'    | is unknown; use semi-honest or malicious
          name | '--security=strong'    | is unknown; use semi-honest or malicious
          """)
  void badInputIsOneMessageAndWritesNothing(String key, String option, String message)
      throws IOException {
    CommandLineRun run = psi(key, option);
    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
    assertThat(run.err().lines()).hasSize(1);
    try (Stream<Path> files = Files.list(left.getParent())) {
      assertThat(files).containsExactlyInAnyOrder(left, right);
    }
  }

  @Test
  void everyProtocolGivesTheSameRows() throws IOException {
    assertThat(psi("name").exit()).isZero();
    String expected = Files.readString(out);
    for (List<String> options :
        List.of(
            List.of("--protocol=rr22"),
            List.of("--protocol=rr22-lean"),
            List.of("--protocol=ecdh"),
            List.of("--protocol=ecdh-sm2"),
            List.of("--security=malicious"),
            List.of("--protocol=rr22", "--security=malicious"))) {
      CommandLineRun run = psi("name", options.toArray(String[]::new));
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(Files.readString(out)).as("%s", options).isEqualTo(expected);
    }
    CommandLineRun refused = psi("name", "--protocol=ecdh", "--security=malicious");
    assertThat(refused.exit()).isEqualTo(Exit.USAGE);
    assertThat(refused.err())
        .contains("is not offered by ecdh; use --protocol rr22, or semi-honest");
  }

  @Test
  void neverOverwritesWhatItReads() throws IOException {
    String before = Files.readString(left);
    out = left;
    CommandLineRun run = psi("name");
    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(Files.readString(left)).isEqualTo(before);
  }

  @Test
  void aMissingFileAndAMissingDirectoryAreNamed() {
    out = directory.resolve("none").resolve("out.csv");
    assertThat(psi("name").err()).contains("there is no directory to write " + out);
    right = directory.resolve("nothing.csv");
    out = directory.resolve("out.csv");
    CommandLineRun run = psi("name");
    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(run.err()).contains("there is no file " + right);
  }

  private static void sql(String text) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
