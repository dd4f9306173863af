package org.tidegate.connector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.catalog.ProductFile;

final class ProductInferenceTest {
  private static final SourceLimits LIMITS = new SourceLimits(512, 1);

  @TempDir private Path directory;

  private ProductFile infer(String csv) throws IOException {
    Path file = directory.resolve("t.csv");
    Files.writeString(file, csv);
    return ProductInference.infer("bank", "t", file, LIMITS);
  }

  private static String type(Product product, String column) {
    return product.column(column).orElseThrow().type();
  }

  @Test
  void typesAreAsInTheFileAndCodesAreText() throws IOException {
    Product product =
        infer(
                """
                id,code,amount,day,name,flag
                1,7,1.5,2024-01-31,a,true
                2,007,2.5,2024-02-29,,false
                3,8,,2024-02-29,b,true
                """)
            .product();
    assertThat(type(product, "id")).isEqualTo("BIGINT");
    assertThat(type(product, "code")).isEqualTo("VARCHAR");
    assertThat(type(product, "amount")).isEqualTo("DOUBLE");
    assertThat(type(product, "day")).isEqualTo("DATE");
    assertThat(type(product, "name")).isEqualTo("VARCHAR");
    assertThat(type(product, "flag")).isEqualTo("BOOLEAN");
    assertThat(product.rows()).isEqualTo(3);
    assertThat(product.column("amount").orElseThrow().nullable()).isTrue();
    assertThat(product.column("id").orElseThrow().nullable()).isFalse();
  }

  @Test
  void whatIsUniqueIsMeasured() throws IOException {
    Product product = infer("id,year,code,x\n1,2023,a,1\n1,2024,a,1\n2,2023,b,1\n").product();
    assertThat(product.isUnique(List.of("id"))).isFalse();
    assertThat(product.isUnique(List.of("id", "year"))).isTrue();
    assertThat(product.isUnique(List.of("year", "x"))).isFalse();
  }

  @Test
  void uniquenessIsOfValuesNotOfTexts() throws IOException {
    Product product = infer("x,y\n1.0,a\n1.00,b\n2.0,c\n").product();
    assertThat(product.isUnique(List.of("x"))).isFalse();
    assertThat(product.isUnique(List.of("y"))).isTrue();
  }

  @Test
  void whatIsInferredPassesTheCheck() throws IOException {
    for (String csv :
        List.of(
            "id,d\n1,31/12/2023\n2,30/11/2023\n",
            "id,d\n1,2023-12-31 10:00:00\n2,2023-12-31 10:00:00.123456\n",
            "id,d\n1,\n2,\n",
            "id,d\n",
            "id;d\n1;2,5\n2;3,5\n",
            "id,\"a \"\"quoted\"\" name\"\n1,x\n",
            "id,d\n1,9223372036854775808\n2,1\n",
            "id,d\n1,1e400\n2,1\n")) {
      ProductFile file = infer(csv);
      ProductSource checked = ProductCheck.check(file, LIMITS);
      assertThat(checked.product()).as(csv).isEqualTo(file.product());
    }
  }

  @Test
  void aMissingFileIsSaid() {
    assertThatThrownBy(
            () -> ProductInference.infer("bank", "t", directory.resolve("none.csv"), LIMITS))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("none.csv")
        .hasMessageContaining("does not exist");
  }
}
