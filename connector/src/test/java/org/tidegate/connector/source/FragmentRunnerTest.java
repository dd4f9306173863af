package org.tidegate.connector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.connector.source.FragmentRunner.Control;
import org.tidegate.connector.source.FragmentRunner.Slot;

final class FragmentRunnerTest {
  private static final SourceLimits LIMITS = new SourceLimits(512, 1);

  @TempDir private Path directory;

  private ProductSource source(String csv) throws IOException {
    Path file = directory.resolve("t.csv");
    Files.writeString(file, csv);
    return ProductCheck.check(ProductInference.infer("bank", "t", file, LIMITS), LIMITS);
  }

  static List<String> keys(FragmentRows rows) {
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      int start = rows.keyOffsets()[row];
      keys.add(
          new String(
              rows.keyData(), start, rows.keyOffsets()[row + 1] - start, StandardCharsets.UTF_8));
    }
    return keys;
  }

  static List<BigInteger> values(FragmentRows rows, int slot) {
    FragmentRows.Column column = rows.columns().get(slot);
    List<BigInteger> values = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      int start = row * column.widthBytes();
      values.add(
          new BigInteger(
              Arrays.copyOfRange(column.twosComplement(), start, start + column.widthBytes())));
    }
    return values;
  }

  @Test
  void packsKeysAndIntegers() throws IOException {
    FragmentRows rows =
        FragmentRunner.run(
            source("k,v\n漢,1\na,-2\na,-3\n,9\n"),
            "SELECT k, CAST(sum(v) AS BIGINT), sum(v), sum(CAST(v AS DECIMAL(9,2))) FROM bank.t"
                + " WHERE k IS NOT NULL GROUP BY k ORDER BY k",
            List.of(new Slot("v", 9), new Slot("w", 17), new Slot("d", 3)),
            LIMITS,
            Control.NONE);
    assertThat(keys(rows)).containsExactly("a", "漢");
    assertThat(values(rows, 0)).containsExactly(BigInteger.valueOf(-5), BigInteger.ONE);
    assertThat(values(rows, 1)).containsExactly(BigInteger.valueOf(-5), BigInteger.ONE);
    assertThat(values(rows, 2)).containsExactly(BigInteger.valueOf(-500), BigInteger.valueOf(100));
  }

  @Test
  void neighboursWithOneKeyAreAddedUpExactly() throws IOException {
    FragmentRows rows =
        FragmentRunner.run(
            source("k,v\na,1e300\na,1.0\na,-1e300\nb,5e-324\nb,\nc,-0.0\n"),
            "SELECT k, CAST(v AS DOUBLE) FROM bank.t ORDER BY k",
            List.of(new Slot("v", 264)),
            LIMITS,
            Control.NONE);
    assertThat(keys(rows)).containsExactly("a", "b", "c");
    assertThat(values(rows, 0))
        .containsExactly(BigInteger.ONE.shiftLeft(1074), BigInteger.ONE, BigInteger.ZERO);
  }

  @Test
  void doublesBecomeExactIntegers() {
    for (double value :
        new double[] {
          0, -0.0, 1, -1.5, Math.PI, Double.MIN_VALUE, Double.MIN_NORMAL, -Double.MAX_VALUE, 1e-310
        }) {
      assertThat(new java.math.BigDecimal(SlotColumn.exact(value)))
          .isEqualByComparingTo(
              new java.math.BigDecimal(value).multiply(java.math.BigDecimal.TWO.pow(1074)));
    }
  }

  @Test
  void valuesWithoutAnExactSumAreRefused() throws IOException {
    for (String value : List.of("nan", "inf", "-inf")) {
      ProductSource source = source("k,v\na,1.5\nb,2.5\n");
      assertThatThrownBy(() ->
              FragmentRunner.run(
                  source,
                  "SELECT k, CAST('" + value + "' AS DOUBLE) FROM bank.t",
                  List.of(new Slot("sum of v", 264)),
                  LIMITS,
                  Control.NONE))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("sum of v");
    }
  }

  @Test
  void aValueThatDoesNotFitIsRefused() throws IOException {
    ProductSource source = source("k,v\na,200\n");
    assertThatThrownBy(() ->
            FragmentRunner.run(
                source,
                "SELECT k, CAST(v AS BIGINT) FROM bank.t",
                List.of(new Slot("v", 1)),
                LIMITS,
                Control.NONE))
        .hasMessageContaining("needs 9 bits");
  }

  @Test
  void readsNothingButItsProduct() throws IOException {
    ProductSource source = source("k,v\na,1\n");
    Path other = directory.resolve("other.csv");
    Files.writeString(other, "k,v\nb,2\n");
    for (String sql :
        List.of(
            "SELECT k, v FROM read_csv('" + other + "')",
            "SELECT k, v FROM '" + other + "'",
            "SELECT content, 1 FROM read_text('/etc/hostname')",
            "COPY bank.t TO '" + directory.resolve("out.csv") + "'",
            "SET enable_external_access = true",
            "ATTACH '" + directory.resolve("x.db") + "' AS x",
            "INSTALL httpfs")) {
      assertThatThrownBy(() ->
              FragmentRunner.run(source, sql, List.of(new Slot("v", 9)), LIMITS, Control.NONE))
          .as(sql)
          .isInstanceOf(SourceException.class);
    }
    assertThat(directory.resolve("out.csv")).doesNotExist();
  }

  @Test
  void aFileThatGrewIsRefused() throws IOException {
    ProductSource source = source("k,v\na,1\n");
    Files.writeString(directory.resolve("t.csv"), "k,v\na,1\nb,2\n");
    assertThatThrownBy(() ->
            FragmentRunner.run(source, "SELECT k FROM bank.t", List.of(), LIMITS, Control.NONE))
        .hasMessageContaining("publish it again");
  }

  @Test
  void aValueThatChangedItsTypeIsRefused() throws IOException {
    ProductSource source = source("k,v\na,1\n");
    Files.writeString(directory.resolve("t.csv"), "k,v\na,x\n");
    assertThatThrownBy(() ->
            FragmentRunner.run(
                source, "SELECT k, v FROM bank.t", List.of(new Slot("v", 9)), LIMITS, Control.NONE))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("bank.t");
  }

  @Test
  void aRunCanBeStopped() throws IOException {
    ProductSource source = source("k,v\na,1\n");
    Instant start = Instant.now();
    assertThatThrownBy(() ->
            FragmentRunner.run(
                source,
                "SELECT CAST(count(*) AS VARCHAR) FROM range(1000000) a, range(1000000) b"
                    + " WHERE (a.range * b.range) % 7 = 3",
                List.of(),
                LIMITS,
                new Control(
                    () -> Duration.between(start, Instant.now()).toMillis() > 200, rows -> {})))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("stopped");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }
}
