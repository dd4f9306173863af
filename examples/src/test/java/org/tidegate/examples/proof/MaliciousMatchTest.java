package org.tidegate.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.connector.app.NodeSpace;
import org.tidegate.connector.job.JobContent;
import org.tidegate.connector.job.ProductRef;
import org.tidegate.ledger.records.CanonicalJson;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.proto.job.v1.ProposeResponse;

/**
 * A coordinator that lies about which rows match, as {@link MaliciousCoordinatorTest} has it for
 * sums: each alteration of an honest proposal is refused by the other owner, over the network. Each
 * of the two owners is asked in turn.
 */
@Tag("long")
@Timeout(120)
final class MaliciousMatchTest {
  private static final int ROWS = 4000;

  @TempDir static Path directory;
  private static @Nullable NodeSpace running;

  @BeforeAll
  static void start() throws Exception {
    NodeSpace space = new NodeSpace(directory, "jobs:\n  peerTimeout: 4s\n", "bank", "tax");
    running = space;
    space.publish("bank", "loans", lines("uscc,amount", 0));
    space.publish("tax", "filings", lines("uscc,amount", ROWS / 2));
    String columns = "{uscc: [join, match], amount: [filter]}";
    space.grant("tax", "filings", columns, "bank", 99, 1);
    space.grant("bank", "loans", columns, "tax", 99, 1);
  }

  private static String[] lines(String head, int from) {
    return Stream.concat(
            Stream.of(head), IntStream.range(from, from + ROWS).mapToObj(i -> "A" + i + "," + i))
        .toArray(String[]::new);
  }

  @AfterAll
  static void stop() {
    if (running != null) {
      running.close();
    }
  }

  /** One text for each way to write it, from either side. */
  private static String sql(String name, String form, int least) {
    String own = name.equals("bank") ? "bank.loans" : "tax.filings";
    String other = name.equals("bank") ? "tax.filings" : "bank.loans";
    String text =
        switch (form) {
          case "IN" ->
              "SELECT o.uscc FROM %s o WHERE o.uscc IN (SELECT p.uscc FROM %s p WHERE p.amount >"
                  + " %d)";
          case "EXISTS" ->
              "SELECT o.uscc FROM %s o WHERE EXISTS (SELECT 1 FROM %s p WHERE p.uscc = o.uscc"
                  + " AND p.amount > %d)";
          default -> "SELECT o.uscc FROM %s o JOIN %s p ON o.uscc = p.uscc WHERE p.amount > %d";
        };
    return text.formatted(own, other, least);
  }

  private static Liar liar(String name, String form, String security) throws Exception {
    return Liar.of(
        Objects.requireNonNull(running), directory, name, sql(name, form, 3990), security);
  }

  private static JsonObject numbers(JobContent content, String name, int from, int to) {
    String text = CanonicalJson.encodeText(content.numbers());
    String altered = text.replace("\"" + name + "\":" + from, "\"" + name + "\":" + to);
    assertThat(altered).isNotEqualTo(text);
    return CanonicalJson.decodeText(altered);
  }

  @ParameterizedTest
  @CsvSource({"bank, IN", "tax, IN", "bank, EXISTS", "tax, EXISTS", "bank, JOIN", "tax, JOIN"})
  void anotherTextIsRefused(String name, String form) throws Exception {
    Liar liar = liar(name, form, "semi-honest");
    JobContent content = liar.content();
    JobContent other = liar.content(sql(name, form, 5), content.products(), content.numbers());
    // Another text than the one signed for, and one signed for under the harmless plan's digest.
    liar.refused("plan.mismatch", liar.with(content), other);
    liar.refused("plan.mismatch", liar.with(other), other);
    // The honest one is taken: it is the alteration that was refused, and nothing else.
    // Once a node: an accepted job that never starts keeps its slot.
    if (form.equals("IN")) {
      assertThat(liar.propose(liar.with(content), content).hasAcceptance()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bank, malicious, semi-honest",
    "tax, malicious, semi-honest",
    "bank, semi-honest, malicious",
    "tax, semi-honest, malicious"
  })
  void anotherSecurityLevelIsRefused(String name, String agreed, String said) throws Exception {
    Liar liar = liar(name, "IN", agreed);
    JobContent content = liar.content();
    JobContent other =
        new JobContent(
            content.sql(),
            content.recipient(),
            said,
            content.products(),
            content.numbers(),
            content.salt());
    liar.refused("plan.mismatch", liar.with(content), other);
    liar.refused("plan.mismatch", liar.with(other), other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bank", "tax"})
  void otherNumbersAreRefused(String name) throws Exception {
    Liar liar = liar(name, "IN", "semi-honest");
    JobContent content = liar.content();
    for (String floor : List.of("computationalBits,128,80", "statisticalBits,40,20")) {
      String[] parts = floor.split(",");
      JobContent weak =
          liar.content(
              content.sql(),
              content.products(),
              numbers(content, parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
      liar.refused("plan.parameters", liar.with(weak), weak);
    }
    // A line on which another protocol would end first is another protocol's plan.
    JobContent line =
        liar.content(content.sql(), content.products(), numbers(content, "lineMegabits", 100, 1));
    liar.refused("plan.mismatch", liar.with(content), line);
    liar.refused("plan.mismatch", liar.with(line), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bank", "tax"})
  void otherSizesAreRefused(String name) throws Exception {
    Liar liar = liar(name, "IN", "semi-honest");
    JobContent content = liar.content();
    // Sizes are those of published descriptions: invented ones, and versions that are not there.
    for (int i = 0; i < 2; i++) {
      List<ProductRef> products = new ArrayList<>();
      for (ProductRef product : content.products()) {
        Digest digest = i == 0 ? Digest.of(new byte[] {1}) : product.digest();
        products.add(
            new ProductRef(product.owner(), product.name(), product.version() + i, digest));
      }
      JobContent other = liar.content(content.sql(), products, content.numbers());
      ProposeResponse response = liar.propose(liar.with(other), other);
      assertThat(response.getRefusal().getCode())
          .describedAs(response.getRefusal().getMessage())
          .isIn("plan.mismatch", "catalog.mismatch");
    }
  }
}
