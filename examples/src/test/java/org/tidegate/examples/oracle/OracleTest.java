package org.tidegate.examples.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.connector.source.SourceLimits;
import org.tidegate.examples.data.City;

class OracleTest {
  @TempDir Path directory;

  @Test
  void theDemosTablesPool() throws Exception {
    new City(200, 300, 400, 500, 7).writeTo(directory);
    PooledData data = PooledData.read(directory, SourceLimits.DEFAULTS);
    assertThat(data.participants()).containsExactly("bank", "marine", "tax");
    try (Oracle oracle = new Oracle(data)) {
      Oracle.Answer answer =
          oracle.ask(
              "SELECT COUNT(*) AS n, SUM(m.value_cny) AS v FROM bank.credit c"
                  + " JOIN marine.trades m ON c.uscc = m.uscc");
      assertThat(answer.columns())
          .containsExactly(
              Map.of("name", "n", "type", "BIGINT"), Map.of("name", "v", "type", "DECIMAL(38,2)"));
      assertThat(answer.rows()).hasSize(1);
      assertThat(Long.parseLong(String.valueOf(answer.rows().getFirst().getFirst()))).isPositive();
    }
  }

  @Test
  void aFileWithoutDescriptionIsTakenAsItIs() throws Exception {
    Files.createDirectories(directory.resolve("a"));
    Files.writeString(directory.resolve("a/t.csv"), "code,x\n007,1\n012,\n");
    try (Oracle oracle = new Oracle(PooledData.read(directory, SourceLimits.DEFAULTS))) {
      Oracle.Answer answer = oracle.ask("SELECT code, x FROM a.t ORDER BY code");
      assertThat(answer.rows()).containsExactly(row("007", "1"), row("012", null));
    }
  }

  @Test
  void answersCompareAsDuckDbWouldWriteThem() {
    List<Map<String, String>> columns =
        List.of(Map.of("name", "d", "type", "DOUBLE"), Map.of("name", "s", "type", "VARCHAR"));
    Oracle.Answer one = new Oracle.Answer(columns, List.of(row("1.0", "a"), row(null, "b")));
    Oracle.Answer turned =
        new Oracle.Answer(columns, List.of(row(null, "b"), row("1.0000000001", "a")));
    assertThat(Comparison.same(one, turned, false)).isTrue();
    assertThat(Comparison.same(one, turned, true)).isFalse();
    Oracle.Answer far = new Oracle.Answer(columns, List.of(row("1.00001", "a"), row(null, "b")));
    assertThat(Comparison.same(one, far, false)).isFalse();
    Oracle.Answer text = new Oracle.Answer(columns, List.of(row("1.0", "a "), row(null, "b")));
    assertThat(Comparison.same(one, text, false)).isFalse();
  }

  private static List<@Nullable String> row(@Nullable String... values) {
    List<@Nullable String> row = new ArrayList<>();
    for (String value : values) {
      row.add(value);
    }
    return row;
  }
}
