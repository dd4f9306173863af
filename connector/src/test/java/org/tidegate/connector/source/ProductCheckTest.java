package org.tidegate.connector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.connector.catalog.ProductFile;

final class ProductCheckTest {
  private static final SourceLimits LIMITS = new SourceLimits(512, 1);

  private static final String YAML =
      """
      name: loans
      file: loans.csv
      columns:
        - {name: uscc, type: VARCHAR, nullable: false}
        - {name: amount, type: "DECIMAL(12,2)"}
        - {name: opened, type: DATE}
        - {name: open, type: BOOLEAN}
      key: [uscc]
      """;

  @TempDir private Path directory;

  private ProductFile product(String yaml, String csv) throws IOException {
    Files.writeString(directory.resolve("loans.csv"), csv);
    return ProductFile.parse("bank", yaml, "loans.yaml", directory);
  }

  private void refused(String csv, String code, String... messages) throws IOException {
    refused(product(YAML, csv), code, messages);
  }

  private static void refused(ProductFile file, String code, String... messages) {
    assertThatThrownBy(() -> ProductCheck.check(file, LIMITS))
        .isInstanceOf(SourceException.class)
        .satisfies(e -> {
          assertThat(((SourceException) e).code()).isEqualTo(code);
          assertThat(e).hasMessageContaining("loans");
          for (String message : messages) {
            assertThat(e).hasMessageContaining(message);
          }
        });
  }

  @Test
  void countsTheRowsOfAGoodFile() throws IOException {
    ProductSource source =
        ProductCheck.check(
            product(
                YAML,
                """
                uscc,amount,opened,open
                001,1.50,2024-01-31,true
                002,,,
                é漢,-99.99,2024-02-29,false
                """),
            LIMITS);
    assertThat(source.product().rows()).isEqualTo(3);
  }

  @Test
  void columnsMayStandInAnyOrderAndOthersMayBeThere() throws IOException {
    ProductSource source =
        ProductCheck.check(
            product(YAML, "note,open,opened,amount,USCC\nx,true,2024-01-31,1,001\n"), LIMITS);
    assertThat(source.product().rows()).isEqualTo(1);
  }

  @Test
  void saysWhichRowAndColumnIsWrong() throws IOException {
    refused(
        """
        uscc,amount,opened,open
        001,1.50,2024-01-31,true
        002,abc,2024-01-31,true
        003,1,2024-02-30,true
        004,12345678901,2024-01-31,perhaps
        """,
        "source.value",
        "loans.csv",
        "row 2, column amount: 'abc' is not a DECIMAL(12,2)",
        "row 3, column opened: '2024-02-30' is not a DATE",
        "row 4, column amount: '12345678901' is not a DECIMAL(12,2)",
        "row 4, column open: 'perhaps' is not a BOOLEAN");
  }

  @Test
  void saysWhereAValueIsMissing() throws IOException {
    refused(
        "uscc,amount,opened,open\n001,1,,\n,2,,\n",
        "source.value",
        "row 2, column uscc: is empty, and the column is not nullable");
  }

  @Test
  void saysWhichRowsHaveTheSameKey() throws IOException {
    refused(
        "uscc,amount,opened,open\n001,1,,\n002,2,,\n001,3,,\n",
        "source.key",
        "rows 1 and 3 have the same key (uscc)");
  }

  @Test
  void keysAreComparedByValueNotByText() throws IOException {
    String yaml = YAML.replace("key: [uscc]", "key: [amount]");
    refused(
        product(yaml, "uscc,amount,opened,open\n001,1,,\n002,1.00,,\n"),
        "source.key",
        "rows 1 and 2 have the same key (amount)");
  }

  @Test
  void nullsInAKeyNeverMatch() throws IOException {
    String yaml = YAML.replace("key: [uscc]", "key: [amount]");
    assertThat(
            ProductCheck.check(product(yaml, "uscc,amount,opened,open\n001,,,\n002,,,\n"), LIMITS)
                .product()
                .rows())
        .isEqualTo(2);
  }

  @Test
  void aFractionIsNoInteger() throws IOException {
    String yaml = YAML.replace("\"DECIMAL(12,2)\"", "INTEGER");
    refused(
        product(yaml, "uscc,amount,opened,open\n001,1.5,,\n002,2,,\n"),
        "source.value",
        "row 1, column amount: '1.5' is not a INTEGER");
  }

  @Test
  void tooManyDecimalsAreNotRoundedSilently() throws IOException {
    refused(
        "uscc,amount,opened,open\n001,1.500,,\n002,1.505,,\n",
        "source.value",
        "row 2, column amount: '1.505' is not a DECIMAL(12,2)");
  }

  @Test
  void namesTheNearestColumn() throws IOException {
    refused(
        "uscc,amonut,opened,open\n001,1,,\n",
        "source.schema",
        "there is no column 'amount'; did you mean 'amonut'?");
  }

  @Test
  void aMissingFileIsSaid() {
    refused(
        ProductFile.parse("bank", YAML, "loans.yaml", directory),
        "source.missing",
        "loans.csv does not exist");
  }

  @Test
  void anEmptyFileIsSaid() throws IOException {
    refused("", "source.schema", "loans.csv");
  }

  @Test
  void aRowWithTooManyFieldsIsSaid() throws IOException {
    refused("uscc,amount,opened,open\n001,1,,\n002,2,,,x,y\n003,3,,\n", "source.failed", "Line: 3");
  }

  @Test
  void bytesThatAreNotUtf8AreSaid() throws IOException {
    ProductFile file = product(YAML, "");
    Files.write(
        directory.resolve("loans.csv"),
        "uscc,amount,opened,open\nM\u00fcller,1,,\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(file, "source.failed", "UTF-8");
  }

  @Test
  void aFileThatIsNoParquetIsSaid() throws IOException {
    Files.writeString(directory.resolve("loans.parquet"), "uscc,amount\n001,1\n");
    refused(
        ProductFile.parse(
            "bank", YAML.replace("loans.csv", "loans.parquet"), "loans.yaml", directory),
        "source.failed",
        "loans.parquet",
        "Parquet");
  }

  @Test
  void parquetIsCheckedToo() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT '00' || i AS uscc, i * 10000000000::BIGINT AS amount, DATE '2024-01-01' AS"
              + " opened, true AS open FROM range(2) t(i)) TO '"
              + directory.resolve("loans.parquet")
              + "' (FORMAT parquet)");
    }
    refused(
        ProductFile.parse(
            "bank", YAML.replace("loans.csv", "loans.parquet"), "loans.yaml", directory),
        "source.value",
        "row 2, column amount: '10000000000' is not a DECIMAL(12,2)");
  }

  @Test
  void aViewIsAProductToo() throws IOException {
    String yaml =
        YAML.replace(
            "file: loans.csv",
            "sql: SELECT * FROM read_csv('"
                + directory.resolve("loans.csv")
                + "', all_varchar = true) WHERE uscc <> '002'");
    assertThat(
            ProductCheck.check(product(yaml, "uscc,amount,opened,open\n001,1,,\n002,x,,\n"), LIMITS)
                .product()
                .rows())
        .isEqualTo(1);
  }
}
