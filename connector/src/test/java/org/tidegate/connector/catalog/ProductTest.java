package org.tidegate.connector.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.ledger.records.CanonicalJson;

final class ProductTest {
  private static final String YAML =
      """
      name: filings
      version: 3
      file: sub/filings.csv
      description: Yearly filings
      columns:
        - {name: uscc, type: VARCHAR, nullable: false, class: public.identity, grade: general}
        - {name: vat_paid, type: "DECIMAL(18, 2)", class: tax.amount, grade: important}
        - {name: licence, type: VARCHAR}
      key: [uscc]
      unique: [[licence]]
      subject: [uscc]
      """;

  private static ProductFile parse(String yaml) {
    return ProductFile.parse("tax", yaml, "filings.yaml", Path.of("/data"));
  }

  @Test
  void readsADescription() {
    ProductFile file = parse(YAML);
    assertThat(file.file()).isEqualTo(Path.of("/data/sub/filings.csv"));
    Product product = file.product();
    assertThat(product.qualifiedName()).isEqualTo("tax.filings");
    assertThat(product.version()).isEqualTo(3);
    assertThat(product.columns().get(1))
        .isEqualTo(new Column("vat_paid", "DECIMAL(18,2)", true, "tax.amount", Grade.IMPORTANT));
    assertThat(product.keys()).containsExactly(List.of("uscc"), List.of("licence"));
    assertThat(product.isUnique(List.of("vat_paid", "uscc"))).isTrue();
    assertThat(product.isUnique(List.of("vat_paid"))).isFalse();
    assertThat(product.column("VAT_Paid")).map(Column::name).contains("vat_paid");
  }

  @Test
  void aDescriptionIsCanonicalAndNeverNamesAPath() {
    Product product = parse(YAML).product().withRows(42);
    String text = CanonicalJson.encodeText(product.toJson());
    assertThat(text).doesNotContain("/data").doesNotContain("filings.csv");
    assertThat(Product.fromJson(CanonicalJson.decodeText(text))).isEqualTo(product);
    Product elsewhere =
        ProductFile.parse("tax", YAML, "x.yaml", Path.of("/other")).product().withRows(42);
    assertThat(elsewhere.digest()).isEqualTo(product.digest());
    assertThat(product.withRows(43).digest()).isNotEqualTo(product.digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "description: Yearly filings | descripton: x       | unknown key 'descripton'",
        "description: Yearly filings | descripton: x       | did you mean 'description'",
        "version: 3                  | version: three      | line 2",
        "key: [uscc]                 | key: [usc]          | did you mean 'uscc'",
        "subject: [uscc]             | subject: [person]   | 'person' is none of its columns",
        "name: filings               | name: Filings!      | 'Filings!' is not valid",
        "file: sub/filings.csv       | title: x            | unknown key 'title'",
        "type: VARCHAR, nullable     | type: TEXTUAL, nullable | 'TEXTUAL' is no type",
        "grade: important            | grade: secret       | expected general, important or core",
        "name: licence               | name: USCC          | column USCC twice",
        "version: 3                  | version: 0          | version 0 is below 1",
      })
  void refusesWhatItDoesNotKnow(String line, String instead, String message) {
    assertThat(YAML).contains(line.strip());
    assertThatThrownBy(() -> parse(YAML.replace(line.strip(), instead.strip())))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith("filings.yaml")
        .hasMessageContaining(message.strip());
  }

  @Test
  void keysCountSubjectsWhereASubjectHasOneOfThem() {
    Product filings = parse(YAML).product();
    assertThat(filings.countsSubjects(List.of("uscc"))).isTrue();
    // One row a subject, which is never NULL: any of its columns.
    assertThat(filings.countsSubjects(List.of("licence"))).isTrue();
    Product yearly = parse(YAML.replace("key: [uscc]", "key: [uscc, licence]")).product();
    assertThat(yearly.countsSubjects(List.of("uscc"))).isTrue();
    assertThat(yearly.countsSubjects(List.of("licence"))).isFalse();
    assertThat(yearly.countsSubjects(List.of("uscc", "licence"))).isFalse();
    Product unknown = parse(YAML.replace("nullable: false, ", "")).product();
    assertThat(unknown.countsSubjects(List.of("licence"))).isFalse();
    Product nobody = parse(YAML.replace("subject: [uscc]", "")).product();
    assertThat(nobody.countsSubjects(List.of("licence"))).isTrue();
  }

  @Test
  void unknownKeysAreRefusedWithTheirLine() {
    assertThatThrownBy(() -> parse(YAML.replace("subject:", "subjekt:")))
        .hasMessageContaining("filings.yaml, line 11")
        .hasMessageContaining("did you mean 'subject'?");
  }

  @Test
  void needsAFileOrAViewAndNotBoth() {
    assertThatThrownBy(() -> parse(YAML.replace("file: sub/filings.csv\n", "")))
        .hasMessageContaining("either 'file' or 'sql'");
    assertThatThrownBy(() -> parse(YAML + "sql: SELECT 1\n"))
        .hasMessageContaining("either 'file' or 'sql'");
  }

  @Test
  void anEmptyOrMissingFileIsSaid() {
    assertThatThrownBy(() -> parse("")).hasMessageContaining("filings.yaml");
    assertThatThrownBy(() -> ProductFile.load("tax", Path.of("/nowhere/p.yaml")))
        .hasMessageContaining("/nowhere/p.yaml")
        .hasMessageContaining("no such file");
  }

  @ParameterizedTest
  @CsvSource({"amonut,amount", "AMOUNT,amount", "uscc2,uscc", "zzz,", "a,"})
  void nearestNames(String wanted, String expected) {
    assertThat(Names.nearest(wanted, List.of("uscc", "amount", "region")))
        .isEqualTo(Optional.ofNullable(expected));
  }
}
