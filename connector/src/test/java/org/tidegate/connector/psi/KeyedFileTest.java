package org.tidegate.connector.psi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyedFileTest {
  @TempDir Path directory;

  private @Nullable Connection opened;
  private Path file = Path.of("");

  @BeforeEach
  void open() throws SQLException {
    opened = DriverManager.getConnection("jdbc:duckdb:");
    file = directory.resolve("keys.parquet");
  }

  @AfterEach
  void close() throws SQLException {
    connection().close();
  }

  private Connection connection() {
    return Objects.requireNonNull(opened);
  }

  private void sql(String text) throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.execute(text);
    }
  }

  private List<List<String>> rows(String query) throws SQLException {
    try (Statement statement = connection().createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static Map<Integer, String> texts(KeyedFile.Keys keys) {
    Map<Integer, String> texts = new TreeMap<>();
    for (int i = 0; i < keys.rows().length; i++) {
      texts.put(keys.rows()[i], new String(keys.keys().row(i), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private Map<Integer, String> keys(String... columns) {
    try (KeyedFile keyed = KeyedFile.open(file, List.of(columns))) {
      return texts(keyed.keys());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      textBlock =
          """
          7::TINYINT                                   | 7
          7::UBIGINT                                   | 7
          -9223372036854775808                         | -9223372036854775808
          0::DECIMAL(9, 0)                             | 0
          100::DECIMAL(9, 0)                           | 100
          7.00::DECIMAL(5, 2)                          | 7
          100.00::DECIMAL(9, 2)                        | 100
          -7.50::DECIMAL(9, 2)                         | -7.5
          0.50::DECIMAL(2, 2)                          | 0.5
          -0.5::DECIMAL(1, 1)                          | -0.5
          0.0::DECIMAL(1, 1)                           | 0
          '007'                                        | 007
          ' x '                                        | # x #
          '张三'                                       | 张三
          'b'::ENUM('a', 'b')                          | b
          true                                         | true
          DATE '2026-01-31'                            | 2026-01-31
          TIME '09:30:00'                              | 09:30:00
          TIMESTAMP '2026-01-31 09:30:00.500'          | 2026-01-31 09:30:00.5
          '2026-01-31 09:30:00.5'::TIMESTAMP_NS        | 2026-01-31 09:30:00.5
          '2026-01-31 09:30:00'::TIMESTAMP_MS          | 2026-01-31 09:30:00
          '2026-01-31 09:30:00+01:00'::TIMESTAMPTZ     | 2026-01-31 08:30:00+00
          'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::UUID | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
          """)
  void eachTypeHasOneText(String value, String text) throws SQLException {
    sql("COPY (SELECT " + value + " AS k) TO '" + file + "'");
    assertThat(keys("k")).isEqualTo(Map.of(0, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5::DOUBLE",
        "1.5::FLOAT",
        "[1]",
        "{'a': 1}",
        "'x'::BLOB",
        "INTERVAL 1 DAY",
        "MAP {1: 2}"
      })
  void whatHasNoOneTextCannotBeAKey(String value) throws SQLException {
    sql("COPY (SELECT " + value + " AS k) TO '" + file + "'");
    assertThatThrownBy(() -> KeyedFile.open(file, List.of("k")))
        .isInstanceOf(PsiInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("column 'k' is ")
        .hasMessageContaining("cannot be a key; use text");
  }

  /** Any two numbers have the same text where DuckDB says that they are equal. */
  @Test
  void numbersAgreeWithDuckDb() throws SQLException {
    sql(
        """
        CREATE TABLE numbers AS SELECT
          (i - 150)::INTEGER AS a, (i - 150)::BIGINT AS b,
          ((i - 150) / 4)::DECIMAL(9, 2) AS c, ((i - 150) / 200)::DECIMAL(4, 4) AS d,
          ((i - 150) / 10)::DECIMAL(38, 10) AS e
        FROM range(300) t(i)
        """);
    List<Path> files = new ArrayList<>();
    for (String column : List.of("a", "b", "c", "d", "e")) {
      file = directory.resolve(column + ".parquet");
      sql("COPY (SELECT " + column + " AS k FROM numbers) TO '" + file + "'");
      files.add(file);
    }
    for (Path left : files) {
      for (Path right : files) {
        file = right;
        var there = keys("k").values();
        file = left;
        List<List<String>> expected =
            rows(
                "SELECT count(*) FROM '%s' WHERE k IN (SELECT k FROM '%s')".formatted(left, right));
        long matches = keys("k").values().stream().filter(there::contains).count();
        assertThat(expected).as("%s in %s", left, right).isEqualTo(List.of(List.of("" + matches)));
      }
    }
  }

  @Test
  void nullsHaveNoKeyAndEmptyTextHasOne() throws SQLException {
    sql(
        "COPY (SELECT unnest(['x', NULL, '', chr(0), chr(1)]) AS k, unnest([1, 2, 3, NULL, 5]) AS"
            + " n) TO '"
            + file
            + "'");
    assertThat(keys("k")).isEqualTo(Map.of(0, "x", 2, "", 3, "\0", 4, "\u0001"));
    assertThat(keys("K", "n")).isEqualTo(Map.of(0, "1:x1:1", 2, "0:1:3", 4, "1:\u00011:5"));
  }

  @Test
  void lengthsOfAllSizesAreKept() throws SQLException {
    sql(
        "COPY (SELECT repeat('é', i::INTEGER) AS k FROM"
            + " (SELECT unnest([0, 1, 62, 63, 64, 1022, 1023, 1024, 25000]) AS i)) TO '"
            + file
            + "'");
    assertThat(keys("k").values().stream().map(String::length))
        .containsExactly(0, 1, 62, 63, 64, 1022, 1023, 1024, 25000);
    assertThat(keys("k", "k").get(8)).hasSize(2 * 25006);
    sql("COPY (SELECT repeat('x', 50001) AS k) TO '" + file + "'");
    assertThatThrownBy(() -> keys("k"))
        .isInstanceOf(PsiInputException.class)
        .hasMessageContaining("50001 bytes long, and at most 50000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"many.parquet", "numbered.parquet", "many.csv"})
  void rowsOfManyGroupsAreWrittenInTheirOrder(String name) throws Exception {
    file = directory.resolve(name);
    String number = name.startsWith("numbered") ? "FILE_ROW_NUMBER" : "n";
    int count = 300_000;
    sql(
        "COPY (SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE 'k' || (i * 7919) % 300007 END AS k, i AS"
            + " \"%s\", 'é' || i AS t FROM range(%d) t(i)) TO '%s'".formatted(number, count, file));
    Random random = new Random(5);
    try (KeyedFile keyed = KeyedFile.open(file, List.of("k"))) {
      KeyedFile.Keys keys = keyed.keys();
      assertThat(keys.fileRows()).isEqualTo(count);
      assertThat(keys.rows()).hasSize(count - (count + 6) / 7);
      for (int i = 0; i < 1000; i++) {
        int at = random.nextInt(keys.rows().length);
        assertThat(new String(keys.keys().row(at), StandardCharsets.UTF_8))
            .isEqualTo("k" + (keys.rows()[at] * 7919L) % 300007);
      }
      for (String ending : List.of(".csv", ".parquet")) {
        int[] matches =
            IntStream.range(0, keys.rows().length).filter(i -> random.nextInt(3) == 0).toArray();
        int[] rows = keys.rowsOf(matches);
        Path out = directory.resolve("out" + ending);
        keyed.write(rows, out);
        String text = "string_agg(\"%s\", ',')".formatted(number);
        sql("SET threads = 1");
        List<List<String>> written = rows("SELECT count(*), " + text + " FROM '" + out + "'");
        String expected = String.join(",", IntStream.of(rows).mapToObj(String::valueOf).toList());
        assertThat(written).isEqualTo(List.of(List.of("" + rows.length, expected)));
        assertThat(rows("SELECT * FROM '" + out + "' LIMIT 0")).isEmpty();
      }
      keyed.write(new int[0], directory.resolve("none.csv"));
      assertThat(Files.readString(directory.resolve("none.csv")).strip())
          .isEqualTo("k," + number + ",t");
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrder(name, "out.csv", "out.parquet", "none.csv");
    }
  }

  /** Blocks by row numbers, blocks of a table, and all in one go give the same keys. */
  @Test
  void blocksDoNotShow() throws SQLException {
    sql(
        "COPY (SELECT CASE WHEN i % 11 = 0 THEN NULL ELSE repeat('é', (i % 90)::INTEGER) || i END"
            + " AS a, i % 7 AS b FROM range(50000) t(i)) TO '"
            + file
            + "' (ROW_GROUP_SIZE 5000)");
    String relation = DuckFile.relation(file);
    for (String texts : List.of("a AS k0", "a AS k0, CAST(b AS VARCHAR) AS k1")) {
      int columns = texts.contains("k1") ? 2 : 1;
      String select = "SELECT " + texts + " FROM " + relation;
      KeyedFile.Keys expected = KeyReader.whole(connection(), columns, select);
      assertThat(expected.fileRows()).isEqualTo(50_000);
      KeyReader.Numbered source = new KeyReader.Numbered(select, relation, "file_row_number");
      assertThat(KeyReader.count(connection(), relation)).isEqualTo(50_000);
      for (int blockRows : List.of(7001, 50_000)) {
        KeyedFile.Keys keys = KeyReader.inBlocks(connection(), columns, source, blockRows);
        assertThat(keys.fileRows()).isEqualTo(50_000);
        assertThat(keys.rows()).isEqualTo(expected.rows());
        assertThat(texts(keys)).isEqualTo(texts(expected));
        Map<Integer, String> streamed = new TreeMap<>();
        KeyReader.stream(
            connection(),
            columns,
            source,
            blockRows,
            block -> {
              assertThat(block.rows().length).isLessThanOrEqualTo(blockRows);
              streamed.putAll(texts(block));
            });
        assertThat(streamed).isEqualTo(texts(expected));
      }
    }
  }

  @Test
  void aFailedWriteLeavesNothing() throws Exception {
    sql("COPY (SELECT 1 AS k) TO '" + file + "'");
    Path out = directory.resolve("out.csv");
    try (KeyedFile keyed = KeyedFile.open(file, List.of("k"))) {
      Files.delete(file);
      assertThatThrownBy(() -> keyed.write(new int[] {0}, out))
          .isInstanceOf(PsiInputException.class)
          .hasMessageContaining("nothing was left there");
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void keysThatCanNeverMatchAreRefused() throws SQLException {
    sql("COPY (SELECT 1 AS k, DATE '2026-01-31' AS d, 'x' AS t) TO '" + file + "'");
    try (KeyedFile keyed = KeyedFile.open(file, List.of("k", "d"))) {
      keyed.requireMatches(List.of(KeyKind.TEXT, KeyKind.DATE), "b.parquet");
      assertThatThrownBy(
              () -> keyed.requireMatches(List.of(KeyKind.NUMBER, KeyKind.TIMESTAMP), "b.parquet"))
          .isInstanceOf(PsiInputException.class)
          .hasMessageContaining(
              "column 'd' holds date values (DATE), and b.parquet time stamp values in its place");
      assertThatThrownBy(() -> keyed.requireMatches(List.of(KeyKind.NUMBER), "b.parquet"))
          .isInstanceOf(PsiInputException.class)
          .hasMessageContaining("has 2 columns, and that of b.parquet has 1");
    }
  }
}
