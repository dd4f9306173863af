package org.tidegate.connector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tidegate.connector.catalog.Product;
import org.tidegate.connector.catalog.ProductFile;
import org.tidegate.ledger.records.Grant;

/**
 * The examples of docs/guide/products-and-grants.md are read as the node reads its users' files.
 */
final class GuideExamplesTest {
  private static final Path GUIDE = Path.of("../docs/guide/products-and-grants.md");

  @Test
  void theGuidesExamplesAreRead() throws Exception {
    List<String> blocks =
        Pattern.compile("(?s)```yaml\n(.*?)```")
            .matcher(Files.readString(GUIDE))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    assertThat(blocks).hasSize(3);
    Product product =
        ProductFile.parse("tax", blocks.get(0), "the guide", Path.of("/data")).product();
    assertThat(product.subject()).containsExactly("uscc");
    assertThat(product.keys()).hasSize(2);
    List<Grant> grants =
        new GrantFile(
                "tax",
                name -> Optional.of(product).filter(known -> known.name().equals(name)),
                List.of("bank", "tax"),
                1,
                Instant.parse("2026-01-01T00:00:00Z"))
            .parse(blocks.get(1));
    assertThat(grants).hasSize(1);
    assertThat(grants.getFirst().minimumGroup()).isEqualTo(20);
    assertThat(grants.getFirst().columns().columns()).containsOnlyKeys("uscc", "year", "vat_paid");
  }
}
